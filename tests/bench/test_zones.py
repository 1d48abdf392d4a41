"""A million local times in all zones: do we and another library mean the same instants?"""

import random
import time as stopwatch
from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
import tzdata

from mentoring.lib.clock import instant
from tests.lib import oracle

pytestmark = pytest.mark.bench
CASES = 1_000_000
DAYS = (date(oracle.LAST, 12, 31) - date(oracle.FIRST, 1, 1)).days
SECONDS = 24 * 60 * 60


def cases() -> Iterator[tuple[str, date, time]]:
    """Seven around every change of every clock, then others by lot, zone after zone."""
    dice = random.Random(1)
    found = [
        (name, *local)
        for name in oracle.NAMES
        for change in oracle.changes(name)
        for local in oracle.times_around(change, oracle.zone(name))
    ]
    if len(found) > CASES * 3 // 4:
        found = dice.sample(found, CASES * 3 // 4)
    yield from found
    for number in range(CASES - len(found)):
        day = date(oracle.FIRST, 1, 1) + timedelta(days=dice.randrange(DAYS + 1))
        minute, second = divmod(dice.randrange(SECONDS), 60)
        hour, minute = divmod(minute, 60)
        yield oracle.NAMES[number % len(oracle.NAMES)], day, time(hour, minute, second)


def test_a_million_local_times_agree():
    zones = {name: oracle.zone(name) for name in oracle.NAMES}
    begin = stopwatch.perf_counter()
    count, differing, at_changes = 0, [], 0
    with oracle.same_data():
        for name, day, at in cases():
            ours, theirs = instant(day, at, zones[name]), oracle.instant(day, at, name)
            count += 1
            shown = ours.astimezone(zones[name])
            at_changes += shown.replace(tzinfo=None, fold=0).time() != at or (
                shown.utcoffset() != (ours + timedelta(hours=3)).astimezone(zones[name]).utcoffset()
            )
            if ours != theirs:
                differing.append((name, day, at, ours, theirs))
    print(
        f"\n{count:,} local times, {len(zones)} zones, {oracle.FIRST}-{oracle.LAST},"
        f" tzdata {tzdata.IANA_VERSION}: {len(differing)} differ; {at_changes:,} in a gap or in"
        f" the three hours before a change; {stopwatch.perf_counter() - begin:.0f} s"
    )
    assert (count, differing[:20]) == (CASES, [])
