"""Which clock counts, and who is told what became of a message."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentoring.outbox.models import Message

type Note = Callable[["Message"], None]


def moment(now: datetime, at: datetime | None) -> datetime:
    """The moment by which messages are judged when those due at ``at`` are worked on.

    Looking ahead it is that other moment; looking back it is now, because what has
    expired meanwhile must not go out. Leases, pauses and marks are always of the real now.
    """
    return max(now, at or now)


def by_moment(messages: Iterable["Message"]) -> Iterator[tuple[datetime, list["Message"]]]:
    """The messages by when they were due: what they send was due then, however late they are."""
    due_at = attrgetter("due_at")
    for due, same in groupby(sorted(messages, key=due_at), key=due_at):
        yield due, list(same)


def nobody(message: "Message") -> None:
    """Nobody wants to know."""
