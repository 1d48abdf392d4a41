"""Until when somebody has time to answer, in working days where the person is."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from mentoring.lib.clock import day_at, end_of, instant, working_days_after, zone_named
from programs.models import Program

NINE = time(9)
LONGEST_BREAK = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the person is reminded, and when the time is over."""

    reminds_at: datetime
    ends_at: datetime

    @property
    def has_reminder(self) -> bool:
        return self.reminds_at < self.ends_at


def deadline_in(zone_name: str, program: Program, *, now: datetime) -> Deadline:
    """The deadline of something asked now, to the end of its last day at the place."""
    zone = zone_named(zone_name)
    today = day_at(now, zone)
    return Deadline(
        instant(working_days_after(today, program.proposal_reminder_days), NINE, zone),
        end_of(working_days_after(today, program.proposal_days), zone),
    )
