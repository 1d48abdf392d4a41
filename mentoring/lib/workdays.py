"""Working days, as an organization has them."""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEK = frozenset(range(7))
MONDAY_TO_FRIDAY = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked on: days of the week (Monday is 0), without the holidays."""

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.weekdays & WEEK:
            raise ValueError("Without a single working weekday there is no next one.")

    def is_working_day(self, day: date) -> bool:
        return day.weekday() in self.weekdays and day not in self.holidays

    def on_or_after(self, day: date) -> date:
        """The day itself when it is worked on, else the next one that is."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def days_before(self, day: date, count: int) -> date:
        """The day that many working days before; the day itself does not count."""
        while count:
            day -= DAY
            count -= self.is_working_day(day)
        return day

    def days_after(self, day: date, count: int) -> date:
        """The day that many working days later; the day itself does not count."""
        while count:
            day += DAY
            count -= self.is_working_day(day)
        return day


EVERY_DAY = WorkingCalendar(WEEK)
