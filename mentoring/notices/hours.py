"""When mail may reach a person: quiet hours, free days and the hour of a summary."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.queries.calendar import Hours as Week
from mentoring.lib.clock import day_at, end_of, instant
from mentoring.lib.workdays import WorkingCalendar
from mentoring.notices.enums import Frequency

DAY = timedelta(days=1)
# Whoever is reminded late is reminded between these.
BEGINS, ENDS = time(7), time(20)
USUAL = Week(time(9), WorkingCalendar(), sends_on_free_days=False)


@dataclass(frozen=True, slots=True)
class Hours:
    """A person's wishes about when, at the place where the person is.

    Summaries come at the hour and on the days on which the organization sends reminders.
    """

    zone: ZoneInfo
    week: Week = USUAL
    quiet_from: time | None = None
    quiet_to: time | None = None
    spares_free_days: bool = False
    digest: str = Frequency.NEVER
    paused_until: date | None = None

    def released(self, now: datetime, *, is_pressing: bool = False) -> datetime:
        """The first moment from now on at which no wish keeps mail away; pauses aside.

        A free day lasts until the morning after it, for what presses only until midnight.
        """
        at = now
        while later := self._end_of_free_day(at, is_pressing) or self._end_of_quiet(at):
            at = later
        return at

    def civil(self, now: datetime) -> datetime:
        """Now if it is a civil hour of a day on which reminders come; else the next morning."""
        local = now.astimezone(self.zone)
        sending = self.week.sending
        if sending.is_working_day(local.date()) and BEGINS <= local.time() < ENDS:
            return now
        day = local.date()
        while not (sending.is_working_day(day) and self._morning_of(day) > now):
            day += DAY
        return self._morning_of(day)

    def next_summary(self, after: datetime) -> datetime:
        """When the next summary goes out, later than ``after``."""
        day = day_at(after, self.zone)
        while not (self._has_summary(day) and self._morning_of(day) > after):
            day += DAY
        return self._morning_of(day)

    def pause_ends(self, now: datetime) -> datetime | None:
        """When a pause that is on now is over; None when there is none."""
        until = self.paused_until
        if until is None or until <= day_at(now, self.zone):
            return None
        return instant(until, time(), self.zone)

    def _has_summary(self, day: date) -> bool:
        if self.digest == Frequency.WEEKLY:
            return day == self.week.sending.on_or_after(day - day.weekday() * DAY)
        return self.week.sending.is_working_day(day)

    def _morning_of(self, day: date) -> datetime:
        return instant(day, self.week.reminder_hour, self.zone)

    def _end_of_free_day(self, at: datetime, is_pressing: bool) -> datetime | None:
        day = day_at(at, self.zone)
        if not self.spares_free_days or self.week.working.is_working_day(day):
            return None
        return end_of(day, self.zone) if is_pressing else self._morning_of(day + DAY)

    def _end_of_quiet(self, at: datetime) -> datetime | None:
        """Told by instants, not by what clocks show: an hour that comes twice ends once."""
        if self.quiet_from is None or self.quiet_to is None:
            return None
        today = day_at(at, self.zone)
        for day in (today - DAY, today):
            over = day + DAY if self.quiet_to <= self.quiet_from else day
            end = instant(over, self.quiet_to, self.zone)
            if instant(day, self.quiet_from, self.zone) <= at < end:
                return end
        return None
