"""Until when somebody has time to answer, in working days where the person is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.queries.calendar import Hours
from mentoring.lib.clock import day_at, end_of, instant, zone_named
from mentoring.outbox.almanac import Morning
from programs.models import Program

LONGEST_BREAK = timedelta(days=183)
# Later than that a reminder is worth nothing: another one came, or nobody minds any more.
REMINDER_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The morning on which the person is reminded, and when the time is over."""

    reminds: Morning
    ends_at: datetime

    @property
    def has_reminder(self) -> bool:
        return self.reminds.at < self.ends_at


def deadline_in(zone_name: str, program: Program, hours: Hours, *, now: datetime) -> Deadline:
    """The deadline of something asked now, to the end of its last day at the place."""
    zone = zone_named(zone_name)
    today, days_after = day_at(now, zone), hours.working.days_after
    reminds_on = days_after(today, program.proposal_reminder_days)
    return Deadline(
        Morning(reminds_on, instant(reminds_on, hours.reminder_hour, zone)),
        end_of(days_after(today, program.proposal_days), zone),
    )
