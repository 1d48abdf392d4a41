"""The kinds of messages that come again and again. Each app registers its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from mentoring.lib.workdays import EVERY_DAY, WorkingCalendar
from mentoring.outbox.almanac import Almanac

if TYPE_CHECKING:
    from mentoring.outbox.models import Schedule

type Recipients = Callable[[Sequence["Schedule"], datetime], Mapping[UUID, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringKind:
    """What schedules of a kind make: messages of the mail or effect kind of the same name.

    An occurrence is worth something until it ``lasts`` no longer; then it is left out.
    ``recipients`` says for a portion of schedules whom each reaches now, by the schedule's
    key: an address, or the key of whoever gets it. One that is missing makes nothing this
    time and goes on. It comes on working days only, unless the organization wants all days
    or the kind is for ``every_day``.
    """

    name: str
    lasts: timedelta
    recipients: Recipients
    every_day: bool = False

    def calendar(self, almanac: Almanac) -> WorkingCalendar:
        """The days on which it may come."""
        return EVERY_DAY if self.every_day else almanac.calendar


_kinds: dict[str, RecurringKind] = {}


def register_recurring(kind: RecurringKind) -> None:
    """Make a kind known. Raises ValueError when another kind has its name."""
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"There is already a recurring kind named {kind.name}.")


def recurring_kind(name: str) -> RecurringKind | None:
    """The kind of that name; None when this release does not know it."""
    return _kinds.get(name)


def recurring_names() -> list[str]:
    """The kinds that this release knows."""
    return list(_kinds)
