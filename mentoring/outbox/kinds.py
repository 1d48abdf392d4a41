"""What the outbox does for itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mentoring.outbox.enums import Reason
from mentoring.outbox.following import CROWDS, move_portion
from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind, register


def _always_wanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    return {}


def _move(messages: Sequence[Message], now: datetime) -> None:
    for message in messages:
        move_portion(message.kind, message.occurrence, now=now)


for name in CROWDS:
    register(
        EffectKind(
            name=name,
            label=_("Reminders moved to other hours or days"),
            unwanted=_always_wanted,
            apply=_move,
        )
    )
