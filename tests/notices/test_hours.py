"""Quiet hours, free days and summaries, at the place where the person is."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from accounts.queries.calendar import Hours as Week
from mentoring.lib.workdays import WorkingCalendar
from mentoring.notices.hours import Hours

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = {"quiet_from": time(18), "quiet_to": time(8)}


def at(text: str) -> datetime:
    """In Berlin; a second one of an hour that comes twice ends with a +."""
    local = datetime.fromisoformat(text.rstrip("+")).replace(tzinfo=BERLIN, fold=text.endswith("+"))
    return local.astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "released"),
    [
        ("2026-11-24 17:59:59", "2026-11-24 17:59:59"),
        ("2026-11-24 18:00", "2026-11-25 08:00"),
        ("2026-11-25 00:30", "2026-11-25 08:00"),
        ("2026-11-25 07:59", "2026-11-25 08:00"),
        ("2026-11-25 08:00", "2026-11-25 08:00"),
    ],
)
def test_quiet_hours_may_last_over_midnight(now, released):
    assert Hours(zone=BERLIN, **NIGHT).released(at(now)) == at(released)


def test_quiet_hours_within_a_day():
    hours = Hours(zone=BERLIN, quiet_from=time(12), quiet_to=time(13))
    assert hours.released(at("2026-11-24 12:10")) == at("2026-11-24 13:00")
    assert hours.released(at("2026-11-24 13:10")) == at("2026-11-24 13:10")


@pytest.mark.parametrize(
    ("now", "released"),
    [
        # Clocks go from 2:00 to 3:00: half past two does not come.
        ("2026-03-29 01:00", "2026-03-29 03:00"),
        ("2026-03-29 03:00", "2026-03-29 03:00"),
        # Clocks go from 3:00 back to 2:00: half past two comes twice, and counts once.
        ("2026-10-25 02:10", "2026-10-25 02:30"),
        ("2026-10-25 02:10+", "2026-10-25 02:10+"),
        ("2026-10-25 02:40+", "2026-10-25 02:40+"),
    ],
)
def test_quiet_hours_end_once_where_clocks_change(now, released):
    hours = Hours(zone=BERLIN, quiet_from=time(22), quiet_to=time(2, 30))
    assert hours.released(at(now)) == at(released)


def test_quiet_hours_are_those_of_the_persons_own_zone():
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert Hours(zone=ZoneInfo("Europe/Berlin"), **NIGHT).released(now) == now
    tokyo = Hours(zone=ZoneInfo("Asia/Tokyo"), **NIGHT).released(now)
    assert tokyo == datetime(2026, 11, 24, 23, tzinfo=UTC)


def test_a_free_day_lasts_until_the_morning_after_it_and_then_the_quiet_hours_count():
    hours = Hours(zone=BERLIN, spares_free_days=True)
    assert hours.released(at("2026-11-28 10:00")) == at("2026-11-30 09:00")
    assert hours.released(at("2026-11-28 10:00"), is_pressing=True) == at("2026-11-30 00:00")
    hours = Hours(zone=BERLIN, spares_free_days=True, **NIGHT)
    assert hours.released(at("2026-11-27 19:00")) == at("2026-11-30 09:00")
    assert hours.released(at("2026-11-27 19:00"), is_pressing=True) == at("2026-11-30 08:00")


@pytest.mark.parametrize(
    ("digest", "now", "summary"),
    [
        ("daily", "2026-11-24 08:59", "2026-11-24 09:00"),
        ("daily", "2026-11-24 09:00", "2026-11-25 09:00"),
        ("daily", "2026-11-27 09:30", "2026-11-30 09:00"),
        ("weekly", "2026-11-24 08:00", "2026-11-30 09:00"),
        ("weekly", "2026-11-30 08:00", "2026-11-30 09:00"),
        ("daily", "2026-10-23 12:00", "2026-10-26 09:00"),
    ],
)
def test_summaries_come_at_nine_on_working_days_or_on_mondays(digest, now, summary):
    assert Hours(zone=BERLIN, digest=digest).next_summary(at(now)) == at(summary)


def test_the_organizations_hour_and_days_count():
    """It works from Sunday to Thursday, and has a holiday on a Monday."""
    days = WorkingCalendar(frozenset({6, 0, 1, 2, 3}), frozenset({date(2026, 11, 30)}))
    week = Week(time(7, 30), days, sends_on_free_days=False)
    hours = Hours(zone=BERLIN, week=week, spares_free_days=True)
    daily, weekly = replace(hours, digest="daily"), replace(hours, digest="weekly")
    assert daily.next_summary(at("2026-11-26 08:00")) == at("2026-11-29 07:30")
    assert weekly.next_summary(at("2026-11-26 08:00")) == at("2026-12-01 07:30")
    assert hours.released(at("2026-11-27 10:00")) == at("2026-11-29 07:30")
    assert hours.released(at("2026-11-29 10:00")) == at("2026-11-29 10:00")


@pytest.mark.parametrize(
    ("now", "civil"),
    [
        ("2026-11-27 06:59", "2026-11-27 09:00"),
        ("2026-11-27 07:00", "2026-11-27 07:00"),
        ("2026-11-27 19:59", "2026-11-27 19:59"),
        ("2026-11-27 20:00", "2026-11-30 09:00"),
        ("2026-11-28 12:00", "2026-11-30 09:00"),
        # The night on which clocks change.
        ("2026-10-25 23:00", "2026-10-26 09:00"),
    ],
)
def test_a_civil_hour_is_by_day_on_a_working_day_else_the_next_morning(now, civil):
    assert Hours(zone=BERLIN).civil(at(now)) == at(civil)


def test_an_organization_that_sends_at_night_has_its_own_mornings():
    week = Week(time(22), WorkingCalendar(), sends_on_free_days=True)
    assert Hours(zone=BERLIN, week=week).civil(at("2026-11-28 03:00")) == at("2026-11-28 22:00")
    assert Hours(zone=BERLIN, week=week).civil(at("2026-11-28 22:00")) == at("2026-11-29 22:00")


def test_a_pause_ends_when_its_day_begins():
    hours = Hours(zone=BERLIN, paused_until=date(2026, 11, 26))
    assert hours.pause_ends(at("2026-11-25 23:59")) == at("2026-11-26 00:00")
    assert hours.pause_ends(at("2026-11-26 00:00")) is None
