"""Local times by another library: `whenever` reads the zones by itself, in Rust.

Both sides get the data of the package tzdata, whatever the system has, so that a difference
is a fault and never a matter of versions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata
import whenever

DATA = Path(tzdata.__file__).parent / "zoneinfo"
NAMES = sorted((Path(tzdata.__file__).parent / "zones").read_text().split())
FIRST, LAST = 2000, 2100


@contextmanager
def same_data() -> Iterator[None]:
    """`whenever` reads the package's data inside, and whatever it likes outside."""
    before = whenever.get_tzpath()
    whenever.reset_tzpath([str(DATA)])
    whenever.clear_tzcache()
    try:
        yield
    finally:
        whenever.reset_tzpath(before)
        whenever.clear_tzcache()


def zone(name: str) -> ZoneInfo:
    """The zone as our own code gets it, with the package's data."""
    with (DATA / name).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def instant(day: date, at: time, name: str) -> datetime:
    """What `mentoring.lib.clock.instant` should say."""
    local = whenever.PlainDateTime(day.year, day.month, day.day, at.hour, at.minute, at.second)
    found = local.assume_tz(name, disambiguation="earlier")
    if found.to_plain() != local:
        # Inside a gap this is the time before it, by the length of the gap.
        after = found.next_transition()
        assert after is not None
        found = after
    return datetime.fromtimestamp(found.timestamp(), UTC)


def changes(name: str) -> Iterator[datetime]:
    """When clocks at the place are changed, within the years that are looked at."""
    moment = whenever.ZonedDateTime(FIRST, 1, 1, tz=name)
    while (found := moment.next_transition()) is not None and found.year <= LAST:
        yield datetime.fromtimestamp(found.timestamp(), UTC)
        moment = found


def times_around(change: datetime, place: ZoneInfo) -> Iterator[tuple[date, time]]:
    """Local times before, inside and behind what the change skips or repeats."""
    before = (change - timedelta(seconds=1)).astimezone(place).replace(tzinfo=None, fold=0)
    behind = change.astimezone(place).replace(tzinfo=None, fold=0)
    low, high = sorted((before + timedelta(seconds=1), behind))
    middle = low + (high - low) / 2
    second = timedelta(seconds=1)
    for moment in (low - second, low, low + second, middle, high - second, high, high + second):
        local = moment.replace(microsecond=0)
        yield local.date(), local.time()
