"""What people want of a meeting, from the form to the operation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring.meetings.enums import Means

FARTHEST = timedelta(days=366)
SHORTEST, LONGEST = 5, 480


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When, for how many minutes, how, and where; the place may be empty."""

    starts_at: datetime
    minutes: int
    means: Means
    place: str = ""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def is_ahead(self, *, now: datetime) -> bool:
        """Whether it can be planned: not in the past, and not farther than a year."""
        return now < self.starts_at <= now + FARTHEST
