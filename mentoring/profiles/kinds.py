"""The messages of profiles."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mentoring.outbox.enums import Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind, register
from mentoring.profiles.operations.forgetting import KIND, forget, over


def _keys(messages: Sequence[Message]) -> list[UUID]:
    return [message.subject_id for message in messages]


def _unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Who takes part again has deleted the old answers by beginning, and wrote new ones."""
    still = {each.pk for each in over(_keys(messages))}
    return {each.pk: Reason.WITHDRAWN for each in messages if each.subject_id not in still}


def _forget(messages: Sequence[Message], now: datetime) -> None:
    forget(participant_ids=_keys(messages))


register(
    EffectKind(
        name=KIND,
        label=_("Private answers are deleted"),
        unwanted=_unwanted,
        apply=_forget,
    )
)
