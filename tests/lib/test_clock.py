"""Local times, and clocks that are changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.lib.clock import (
    day_at,
    end_of,
    instant,
    zone_named,
)

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2036, 12, 31))
ZONES = st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"})).map(ZoneInfo)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        (date(2026, 11, 23), time(9), "Europe/Berlin", utc(2026, 11, 23, 8)),
        (date(2026, 7, 1), time(9), "Europe/Berlin", utc(2026, 7, 1, 7)),
        (date(2026, 7, 1), time(9), "Pacific/Kiritimati", utc(2026, 6, 30, 19)),
        (date(2026, 7, 1), time(9), "Asia/Kathmandu", utc(2026, 7, 1, 3, 15)),
        # The night of 29 March skips 02:00 to 03:00.
        (date(2026, 3, 29), time(1, 59), "Europe/Berlin", utc(2026, 3, 29, 0, 59)),
        (date(2026, 3, 29), time(2, 0), "Europe/Berlin", utc(2026, 3, 29, 1)),
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", utc(2026, 3, 29, 1)),
        (date(2026, 3, 29), time(3, 0), "Europe/Berlin", utc(2026, 3, 29, 1)),
        # The night of 25 October has 02:30 twice; the first one counts.
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", utc(2026, 10, 25, 0, 30)),
        (date(2026, 10, 25), time(3, 0), "Europe/Berlin", utc(2026, 10, 25, 2)),
        # Half an hour only.
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", utc(2026, 10, 3, 15, 30)),
        # A whole day that never was: Samoa went across the date line.
        (date(2011, 12, 30), time(9), "Pacific/Apia", utc(2011, 12, 30, 10)),
    ],
)
def test_a_local_time_is_one_instant(day, at, zone, expected):
    assert instant(day, at, ZoneInfo(zone)) == expected


@given(DAYS, st.times().map(lambda at: at.replace(microsecond=0)), ZONES)
def test_an_instant_shows_the_wanted_time_or_the_first_one_after_it(day, at, zone):
    wanted = datetime.combine(day, at)
    found = instant(day, at, zone).astimezone(zone)
    shown = found.replace(tzinfo=None, fold=0)
    assert shown >= wanted
    assert shown == wanted or found.utcoffset() != (
        (instant(day, at, zone) - timedelta(seconds=1)).astimezone(zone).utcoffset()
    )


def test_an_unknown_zone_is_passed_over():
    assert zone_named("", "Mars/Olympus", "Asia/Tokyo", "Europe/Berlin") == ZoneInfo("Asia/Tokyo")
    assert zone_named("", "Mars/Olympus") == ZoneInfo("UTC")


def test_a_day_begins_and_ends_at_the_place():
    assert day_at(utc(2026, 11, 23, 23, 30), BERLIN) == date(2026, 11, 24)
    assert end_of(date(2026, 3, 29), BERLIN) == utc(2026, 3, 29, 22)
    assert end_of(date(2026, 3, 28), BERLIN) == utc(2026, 3, 28, 23)
