"""Sharing a mentee's aims, and forgetting them: effects that only a worker can have."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind, register
from mentoring.pairings.kinds.letters import always_wanted, keys_of
from mentoring.pairings.operations import aims


def _share(messages: Sequence[Message], now: datetime) -> None:
    aims.share_aims(keys_of(messages))


def _forget(messages: Sequence[Message], now: datetime) -> None:
    aims.forget_aims(keys_of(messages))


for kind in (
    EffectKind(name=aims.SHARE, label=_("Aims shared"), unwanted=always_wanted, apply=_share),
    EffectKind(
        name=aims.FORGET, label=_("Shared aims deleted"), unwanted=always_wanted, apply=_forget
    ),
):
    register(kind)
