"""How near a pair is to the end that it agreed on (DOMAIN rule 10). Ending it needs the two."""

from datetime import date, timedelta
from enum import StrEnum

from mentoring.pairings.models import Pairing


class Mark(StrEnum):
    """When the two hear of it: four weeks before, a week before, and once it is over."""

    MONTH = "month"
    WEEK = "week"
    PASSED = "passed"


AHEAD = {Mark.MONTH: timedelta(days=28), Mark.WEEK: timedelta(days=7)}
# So long the two are left alone before those who run the cohort see it.
SEEN_AFTER = timedelta(days=14)


def occasion_of(mark: Mark, pairing: Pairing, ends_on: date) -> str:
    """Names the end and since when it counts; another end, or a break, makes another one."""
    since = f"/{pairing.resumed_at:%Y-%m-%dT%H:%M}" if pairing.resumed_at else ""
    return f"{mark}:{ends_on}{since}"


def mark_of(occasion: str) -> Mark:
    return Mark(occasion.partition(":")[0])


def is_near(ends_on: date, *, today: date) -> bool:
    """Whether it is time to think of it; also when it is over."""
    return today >= ends_on - AHEAD[Mark.MONTH]
