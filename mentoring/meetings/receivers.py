"""What meetings do about news of pairs."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from mentoring.meetings.operations.planning import call_off_all
from mentoring.pairings.signals import pairs_ended


@receiver(pairs_ended)
def call_off(keys: Collection[UUID], now: datetime, **_: Any) -> None:
    """Nobody waits for somebody who is no partner any more."""
    call_off_all(pairings=keys, now=now)
