"""What comes again and again: days counted from an anchor, and the instants they mean.

A nominal day is the day that the rule names. The instant may belong to a later day, when the
nominal one is not worked on; the next nominal day is counted from the anchor all the same.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mentoring.lib.clock import instant
from mentoring.lib.workdays import EVERY_DAY, WorkingCalendar

DAY = timedelta(days=1)
YEAR = 12


class Every(StrEnum):
    """How often something comes."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


DAYS = {Every.WEEK: 7, Every.FORTNIGHT: 14}
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: YEAR}


@dataclass(frozen=True, slots=True)
class Rule:
    """The anchor is the first day, number 0; nothing comes before it.

    Day 31 is the last day of a shorter month and the 31st again in the next long one.
    """

    every: Every
    anchor: date

    def day(self, number: int) -> date:
        """The nominal day of that number."""
        if self.every in DAYS:
            return self.anchor + timedelta(days=DAYS[self.every] * number)
        year, month = divmod(_months(self.anchor) + MONTHS[self.every] * number, YEAR)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(self.anchor.day, last))

    def first_from(self, day: date) -> date:
        """The first nominal day that is not before this one."""
        number = self._until(day)
        if number >= 0 and self.day(number) == day:
            return day
        return self.day(max(number + 1, 0))

    def last_until(self, day: date) -> date | None:
        """The last nominal day that is not after this one, if there is any."""
        number = self._until(day)
        return self.day(number) if number >= 0 else None

    def day_after(self, day: date) -> date:
        """The first nominal day after this one."""
        return self.first_from(day + DAY)

    def _until(self, day: date) -> int:
        """The number of the last nominal day that is not after this one; negative for none."""
        if self.every in DAYS:
            return (day - self.anchor).days // DAYS[self.every]
        if day < self.anchor:
            return -1
        number = (_months(day) - _months(self.anchor)) // MONTHS[self.every]
        return number if self.day(number) <= day else number - 1


def _months(day: date) -> int:
    return day.year * YEAR + day.month - 1


@dataclass(frozen=True, slots=True)
class Timetable:
    """A rule with a time of day, a place and the days that are worked on."""

    rule: Rule
    at: time
    zone: ZoneInfo
    calendar: WorkingCalendar = field(default=EVERY_DAY)

    def instant_of(self, nominal: date) -> datetime:
        """When the nominal day comes: on the next working day, if it is none itself."""
        return instant(self.calendar.on_or_after(nominal), self.at, self.zone)

    def newest(self, now: datetime) -> date | None:
        """The last nominal day whose instant has come, if there is any."""
        # A clock that goes back over midnight shows the day before once more.
        day = self.rule.last_until(now.astimezone(self.zone).date() + DAY)
        while day and self.instant_of(day) > now:
            day = self.rule.last_until(day - DAY)
        return day

    def next(self, now: datetime) -> date:
        """The first nominal day whose instant is still to come."""
        newest = self.newest(now)
        return self.rule.day_after(newest) if newest else self.rule.anchor

    def civil_from(self, now: datetime) -> datetime:
        """The first moment from now on at this time of day on a working day."""
        day = self.calendar.on_or_after(now.astimezone(self.zone).date())
        while (found := instant(day, self.at, self.zone)) < now:
            day = self.calendar.on_or_after(day + DAY)
        return found
