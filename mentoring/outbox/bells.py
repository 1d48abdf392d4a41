"""The bell: beside a mail, an effect that puts a line where its reader sees it in the product.

Each kind of mail that rings has a second kind, named like it with ``.bell``. A message of the
one is always decided together with a message of the other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from mentoring.outbox.enums import Reason
from mentoring.outbox.registry import EffectKind, MailKind, is_known, mail_kinds, register

if TYPE_CHECKING:
    from mentoring.outbox.models import Message

SUFFIX = ".bell"

type Refused = Callable[[MailKind, Sequence["Message"]], Mapping[UUID, Reason]]
type Ring = Callable[[MailKind, Sequence["Message"], datetime], None]


@dataclass(frozen=True, slots=True)
class Bell:
    """What a higher floor does: tell who has no bell or wants none, and write the lines."""

    refused: Refused
    ring: Ring


def register_bells(bell: Bell) -> None:
    """Give every kind of mail that rings its bell. Call it when all kinds are known."""
    for kind in mail_kinds():
        if kind.rings and not is_known(bell_name(kind.name)):
            register(bell_of(kind, bell))


def bell_of(kind: MailKind, bell: Bell) -> EffectKind:
    """The effect beside a kind of mail; unwanted when the mail is, for the same reasons."""
    return EffectKind(
        name=bell_name(kind.name),
        label=kind.label,
        unwanted=partial(_unwanted, kind, bell),
        apply=partial(bell.ring, kind),
        is_bell=True,
    )


def bell_name(kind: str) -> str:
    return f"{kind}{SUFFIX}"


def with_bell(kind: str) -> list[str]:
    """The names of the kinds whose messages are decided together."""
    bell = bell_name(kind)
    return [kind, bell] if is_known(bell) else [kind]


def _unwanted(
    kind: MailKind, bell: Bell, messages: Sequence["Message"], now: datetime
) -> Mapping[UUID, Reason]:
    over = kind.unwanted(messages, now)
    open_ones = [each for each in messages if each.pk not in over]
    return {**over, **(bell.refused(kind, open_ones) if open_ones else {})}
