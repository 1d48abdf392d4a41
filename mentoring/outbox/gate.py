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

type Gate = Callable[[Sequence["Message"], datetime], Mapping[UUID, Verdict]]

_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    """Let a higher floor answer for the people; the last one counts."""
    _gates.append(gate)


def verdict_on(message: "Message", *, now: datetime) -> Verdict:
    """What the person wants to happen to the mail."""
    if not _gates:
        return SEND
    return _gates[-1]([message], now).get(message.pk, SEND)
