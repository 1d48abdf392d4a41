"""What comes again and again: month ends, leap days, changed clocks, days off."""

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.lib.clock import instant
from mentoring.lib.recurrence import Every, Rule, Timetable
from mentoring.lib.workdays import WorkingCalendar
from tests.lib import oracle

NINE = time(9)
DAY = timedelta(days=1)
RULES = st.builds(Rule, st.sampled_from(Every), st.dates(date(2000, 1, 1), date(2060, 12, 31)))
DAYS = st.dates(date(1999, 1, 1), date(2100, 12, 31))
AWKWARD = (
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "Europe/Berlin",
    "America/Sao_Paulo",
    "Asia/Gaza",
    "America/Scoresbysund",
    "Asia/Pyongyang",
    "America/Caracas",
    "Antarctica/Troll",
)
CALENDARS = st.builds(
    WorkingCalendar,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.frozensets(st.dates(date(2011, 12, 20), date(2012, 1, 10)), max_size=20),
)
TIMETABLES = st.builds(
    Timetable,
    st.builds(Rule, st.sampled_from(Every), st.dates(date(2011, 6, 1), date(2012, 3, 1))),
    st.times().map(lambda at: at.replace(microsecond=0)),
    st.sampled_from(AWKWARD).map(ZoneInfo),
    CALENDARS,
)
MOMENTS = st.integers(0, 52_000_000).map(
    lambda seconds: datetime(2011, 5, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@pytest.mark.parametrize(
    ("every", "anchor", "expected"),
    [
        (Every.WEEK, "2026-12-28", "2026-12-28 2027-01-04 2027-01-11"),
        (Every.FORTNIGHT, "2028-02-20", "2028-02-20 2028-03-05 2028-03-19"),
        (Every.MONTH, "2027-12-31", "2027-12-31 2028-01-31 2028-02-29 2028-03-31 2028-04-30"),
        (Every.MONTH, "2026-01-30", "2026-01-30 2026-02-28 2026-03-30"),
        (Every.QUARTER, "2026-08-31", "2026-08-31 2026-11-30 2027-02-28 2027-05-31"),
        (Every.YEAR, "2096-02-29", "2096-02-29 2097-02-28 2098-02-28 2099-02-28 2100-02-28"),
    ],
)
def test_nominal_days_are_counted_from_the_anchor(every, anchor, expected):
    rule = Rule(every, date.fromisoformat(anchor))
    days = [date.fromisoformat(day) for day in expected.split()]

    assert [rule.day(number) for number in range(len(days))] == days


def test_the_leap_day_comes_back_whenever_there_is_one():
    rule = Rule(Every.YEAR, date(2000, 2, 29))
    leap_years = {year for year in range(2000, 2101) if year % 4 == 0 and year != 2100}

    days = [rule.day(number) for number in range(101)]

    assert {day.year for day in days if day.day == 29} == leap_years
    assert {(day.month, day.day) for day in days if day.year not in leap_years} == {(2, 28)}


@given(RULES, st.integers(0, 400))
def test_days_follow_each_other_and_months_keep_their_day(rule, number):
    day, following = rule.day(number), rule.day(number + 1)

    assert day < following
    if rule.every in (Every.WEEK, Every.FORTNIGHT):
        assert day.weekday() == rule.anchor.weekday()
    else:
        is_last = (day + DAY).month != day.month
        assert day.day == rule.anchor.day or (is_last and day.day < rule.anchor.day)


@given(RULES, DAYS)
def test_the_first_day_from_and_the_last_until_enclose_every_day(rule, day):
    until = max(day, rule.anchor) + timedelta(days=400)
    near = list(takewhile(lambda each: each <= until, map(rule.day, count())))

    assert rule.first_from(day) == next(each for each in near if each >= day)
    assert rule.last_until(day) == next((each for each in reversed(near) if each <= day), None)


@pytest.mark.parametrize(
    ("zone", "anchor", "at", "expected"),
    [
        ("Europe/Berlin", date(2026, 3, 22), time(2, 30), ["03-22T01:30", "03-29T01:00"]),
        ("Europe/Berlin", date(2026, 10, 18), time(2, 30), ["10-18T00:30", "10-25T00:30"]),
        ("Australia/Lord_Howe", date(2026, 9, 27), time(2, 15), ["09-26T15:45", "10-03T15:30"]),
        ("Africa/Casablanca", date(2026, 2, 8), time(2, 30), ["02-08T01:30", "02-15T01:30"]),
        ("Africa/El_Aaiun", date(2026, 3, 15), time(2, 30), ["03-15T02:30", "03-22T02:00"]),
    ],
)
def test_the_local_hour_stays_where_clocks_are_changed(zone, anchor, at, expected):
    table = Timetable(Rule(Every.WEEK, anchor), at, ZoneInfo(zone))

    instants = [table.instant_of(table.rule.day(number)) for number in range(2)]

    assert [f"{found:%m-%dT%H:%M}" for found in instants] == expected


def test_a_day_that_never_was_happens_when_the_next_one_begins():
    table = Timetable(Rule(Every.WEEK, date(2011, 12, 23)), NINE, ZoneInfo("Pacific/Apia"))
    skipped = date(2011, 12, 30)

    assert table.instant_of(skipped) == datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert table.newest(datetime(2011, 12, 30, 10, tzinfo=UTC)) == skipped
    assert table.newest(datetime(2011, 12, 30, 9, 59, tzinfo=UTC)) == date(2011, 12, 23)


def test_a_free_day_shifts_its_own_occurrence_and_no_later_one():
    table = Timetable(Rule(Every.MONTH, date(2026, 8, 1)), NINE, ZoneInfo("UTC"), WorkingCalendar())

    days = [table.instant_of(table.rule.day(number)).date() for number in range(4)]

    assert days == [date(2026, 8, 3), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 2)]


@given(TIMETABLES, MOMENTS)
def test_newest_and_next_are_what_counting_finds(table, now):
    days = [table.rule.day(number) for number in range(90)]
    come = [day for day in days if table.instant_of(day) <= now]

    assert table.newest(now) == (come[-1] if come else None)
    assert table.next(now) == days[len(come)]
    assert table.instant_of(table.next(now)) > now


@given(TIMETABLES, MOMENTS)
def test_a_civil_moment_is_the_first_one_at_that_hour_on_a_working_day(table, now):
    found = table.civil_from(now)
    start = now.astimezone(table.zone).date()
    moments = [
        instant(start + DAY * number, table.at, table.zone)
        for number in range(-1, 60)
        if table.calendar.is_working_day(start + DAY * number)
    ]

    assert found == next(each for each in moments if each >= now)


def test_another_library_means_the_same_instants():
    dice = random.Random(7)
    names = [*AWKWARD, *dice.sample(oracle.NAMES, 40)]
    with oracle.same_data():
        for name in names:
            place = oracle.zone(name)
            changes = list(oracle.changes(name))
            for change in dice.sample(changes, min(12, len(changes))):
                for day, at in oracle.times_around(change, place):
                    assert instant(day, at, place) == oracle.instant(day, at, name), (name, day, at)
            for _ in range(40):
                day = date(2000, 1, 1) + DAY * dice.randrange(36_890)
                at = time(dice.randrange(24), dice.randrange(60))
                assert instant(day, at, place) == oracle.instant(day, at, name), (name, day, at)
