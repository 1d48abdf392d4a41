"""What check-ins do about news of pairs."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from mentoring.checkins.operations.following import follow, stop
from mentoring.pairings.signals import pairs_ended, rhythms_changed


@receiver(rhythms_changed)
def ask_in_the_rhythm(keys: Collection[UUID], now: datetime, **_: Any) -> None:
    """A pair has met, agreed on another rhythm, or begins or ends a break."""
    follow(keys, now=now)


@receiver(pairs_ended)
def ask_no_more(keys: Collection[UUID], now: datetime, **_: Any) -> None:
    """Nobody is asked about a pair that has ended."""
    stop(keys, now=now)
