"""The log of messages as people read it: what is to come, sent, given up, or not sent at all."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Min, Q, QuerySet

from mentoring.outbox.bells import SUFFIX
from mentoring.outbox.enums import WAITING, Channel, State
from mentoring.outbox.models import Message, Schedule
from mentoring.outbox.recurring import recurring_names
from mentoring.outbox.registry import is_repeatable

# Nobody reads further, and counting further takes as long as reading.
MOST = 9_999


class Tab(StrEnum):
    """One part of the log."""

    UPCOMING = "upcoming"
    SENT = "sent"
    FAILED = "failed"
    NOT_SENT = "not_sent"


class Way(StrEnum):
    """How a message reaches its recipient, or that it is work which nobody receives."""

    MAIL = "mail"
    BELL = "bell"
    WORK = "work"


STATES: dict[Tab, tuple[State, ...]] = {
    Tab.SENT: (State.SENT,),
    Tab.FAILED: (State.QUARANTINED,),
    Tab.NOT_SENT: (State.SKIPPED, State.EXPIRED),
}
BELLS = Q(kind__endswith=SUFFIX)
WAYS = {
    Way.MAIL: Q(channel=Channel.MAIL),
    Way.BELL: Q(channel=Channel.EFFECT) & BELLS,
    Way.WORK: Q(channel=Channel.EFFECT) & ~BELLS,
}


@dataclass(frozen=True, slots=True)
class Making:
    """How many schedules will make more, at most one more than `MOST`, and when the first does."""

    count: int
    first_at: datetime | None


def rows_in(messages: QuerySet[Message], tab: Tab) -> QuerySet[Message]:
    """Those of the messages that belong there."""
    if tab == Tab.UPCOMING:
        # The condition of an index; the states are the same by constraint.
        return messages.filter(look_at__isnull=False, state__in=WAITING)
    return messages.filter(state__in=STATES[tab])


def tab_of(message: Message) -> Tab:
    """Where the message is found."""
    return next((tab for tab, states in STATES.items() if message.state in states), Tab.UPCOMING)


def way_of(message: Message) -> Way:
    if message.channel == Channel.MAIL:
        return Way.MAIL
    return Way.BELL if message.kind.endswith(SUFFIX) else Way.WORK


def going(messages: QuerySet[Message], way: str) -> QuerySet[Message]:
    """Those of the messages that go this way; ValueError when there is no such way."""
    return messages.filter(WAYS[Way(way)])


def for_people(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Without the work that nobody receives."""
    return messages.filter(WAYS[Way.MAIL] | WAYS[Way.BELL])


def count_up_to(messages: QuerySet[Message], most: int = MOST) -> int:
    """How many there are; one more than the most stands for any number above it."""
    return messages.order_by()[: most + 1].count()


def schedules_ahead() -> Making:
    """What will make more messages than are there now."""
    going_on = Schedule.objects.going_on().filter(kind__in=recurring_names())
    first = going_on.aggregate(first=Min("next_at"))["first"]
    count = going_on.order_by()[: MOST + 1].count() if first else 0
    return Making(count, first)


def failed_now(messages: QuerySet[Message], *, now: datetime) -> QuerySet[Message]:
    """Those of the messages that were given up and would still be of use."""
    lasting = Q(expires_at=None) | Q(expires_at__gt=now)
    return messages.filter(lasting, state=State.QUARANTINED)


def may_be_repeated(message: Message) -> bool:
    """Whether it is a mail that was sent and, as long as it is of use, may be sent once more."""
    return message.state == State.SENT and is_repeatable(message.kind)


def seen_of(message: Message) -> str:
    """When it was done, in one word: it changes with every time that it is sent."""
    return message.finished_at.isoformat() if message.finished_at else ""
