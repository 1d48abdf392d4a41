"""The look at pairs of somebody whose break is over."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind, register
from mentoring.pairings.kinds.letters import always_wanted, keys_of
from mentoring.pairings.operations.returning import BACK, remind_again
from mentoring.pairings.queries.places import live_pairs_with


def _look(messages: Sequence[Message], now: datetime) -> None:
    remind_again(live_pairs_with(keys_of(messages)), now=now)


register(
    EffectKind(
        name=BACK,
        label=_("End of a break from everything"),
        unwanted=always_wanted,
        apply=_look,
    )
)
