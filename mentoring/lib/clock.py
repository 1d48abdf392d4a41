"""Wall-clock arithmetic: what “09:00” means at a place.

A time of day is a local time and an IANA zone. One that a clock change skips is the first
valid instant after the gap; one that a clock change repeats happens once, the first time.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

type Clock = Callable[[], datetime]


def zone_named(*names: str) -> ZoneInfo:
    """The first of the zones that exists, else UTC; people's records hold what lists said."""
    known = known_zones()
    return ZoneInfo(next((name for name in names if name in known), "UTC"))


@cache
def known_zones() -> frozenset[str]:
    """The names of all zones. Python looks through thousands of files for them each time."""
    return frozenset(available_timezones())


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When clocks at the place show this time, in UTC."""
    local = datetime.combine(day, at.replace(tzinfo=None), tzinfo=zone).replace(fold=0)
    found = local.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return found
    return _end_of_gap(local, zone)


def _end_of_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which a clock change skips the local time."""
    before = local.replace(fold=1).astimezone(UTC)
    after = local.replace(fold=0).astimezone(UTC)
    old = before.astimezone(zone).utcoffset()
    low, high = before, after
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == old else (low, middle)
    return high.replace(microsecond=0)


def day_at(now: datetime, zone: ZoneInfo) -> date:
    """Which day it is at the place."""
    return now.astimezone(zone).date()


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the day is over at the place."""
    return instant(day + timedelta(days=1), time(), zone)
