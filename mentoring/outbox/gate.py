"""Whether a person wants a mail now: asked of a higher floor, because the outbox knows nobody.

The gate is asked under the lock of the message, after the kind itself has been asked. What it
writes belongs to the transaction that settles the message.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from mentoring.outbox.enums import Reason

if TYPE_CHECKING:
    from mentoring.outbox.models import Message


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a message: skipped for a reason, looked at again later, or sent.

    The addresses, if any, let its reader turn such mails off and change all settings.
    """

    reason: Reason | None = None
    look_at: datetime | None = None
    unsubscribe_url: str = ""
    settings_url: str = ""


SEND = Verdict()

type Gate = Callable[[Sequence["Message"], datetime, datetime], Mapping[UUID, Verdict]]
type Wishes = Callable[[Sequence["Message"], datetime], Mapping[UUID, Reason]]

_gates: list[Gate] = []
_wishes: list[Wishes] = []


def register_gate(gate: Gate) -> None:
    """Let a higher floor answer for the people; the last one counts."""
    _gates.append(gate)


def verdicts_on(
    messages: Sequence["Message"], *, seen: datetime, now: datetime
) -> Mapping[UUID, Verdict]:
    """What people want to happen to their mails; `SEND` where nothing is said.

    They are judged by the moment ``seen``, but how late workers are follows the real clock.
    """
    found = _gates[-1](messages, seen, now) if _gates else {}
    return {each.pk: found.get(each.pk, SEND) for each in messages}


def register_wishes(wishes: Wishes) -> None:
    """Let a higher floor foretell for the people; the last one counts."""
    _wishes.append(wishes)


def wishes_on(messages: Sequence["Message"], *, now: datetime) -> Mapping[UUID, Reason]:
    """Why mails and bells would not come as such, each at its time; asked without a lock.

    Whoever foretells writes nothing, and tells no more of a person's wishes than that it is one.
    """
    return _wishes[-1](messages, now) if _wishes else {}
