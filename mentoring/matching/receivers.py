"""What matching does about news from lower floors."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from mentoring.matching.operations.preferences import forget
from programs.signals import participants_out


@receiver(participants_out)
def take_off_every_list(keys: Collection[UUID], **_: Any) -> None:
    """Who takes part no more is on nobody's list, and has none."""
    forget(keys)
