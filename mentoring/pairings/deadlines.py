"""Until when somebody has time to answer, in working days where the person is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.queries.calendar import Hours
from mentoring.lib.clock import day_at, end_of, instant, zone_named
from programs.models import Program

LONGEST_BREAK = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the person is reminded, and when the time is over."""

    reminds_at: datetime
    ends_at: datetime

    @property
    def has_reminder(self) -> bool:
        return self.reminds_at < self.ends_at


def deadline_in(zone_name: str, program: Program, hours: Hours, *, now: datetime) -> Deadline:
    """The deadline of something asked now, to the end of its last day at the place."""
    zone = zone_named(zone_name)
    today, days_after = day_at(now, zone), hours.working.days_after
    return Deadline(
        instant(days_after(today, program.proposal_reminder_days), hours.reminder_hour, zone),
        end_of(days_after(today, program.proposal_days), zone),
    )
