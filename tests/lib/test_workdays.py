"""Working days of organizations whose weeks and holidays differ."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.lib.workdays import EVERY_DAY, WorkingCalendar

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))
USUAL = WorkingCalendar()
# Christmas 2026: Friday and Saturday.
AT_CHRISTMAS = WorkingCalendar(holidays=frozenset({date(2026, 12, 25), date(2026, 12, 26)}))
GULF = WorkingCalendar(frozenset({6, 0, 1, 2, 3}))
CALENDARS = st.builds(
    WorkingCalendar,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=40),
)


@pytest.mark.parametrize(
    ("calendar", "day", "count", "expected"),
    [
        (USUAL, date(2026, 11, 27), 3, date(2026, 11, 24)),
        (USUAL, date(2026, 11, 24), 3, date(2026, 11, 19)),
        (USUAL, date(2026, 11, 29), 3, date(2026, 11, 25)),
        (USUAL, date(2026, 11, 23), 0, date(2026, 11, 23)),
        (AT_CHRISTMAS, date(2026, 12, 28), 1, date(2026, 12, 24)),
        (GULF, date(2026, 11, 22), 1, date(2026, 11, 19)),
        (EVERY_DAY, date(2026, 11, 22), 2, date(2026, 11, 20)),
    ],
)
def test_counting_back_leaves_out_free_days(calendar, day, count, expected):
    assert calendar.days_before(day, count) == expected


@pytest.mark.parametrize(
    ("calendar", "day", "expected"),
    [
        (USUAL, date(2026, 11, 28), date(2026, 11, 30)),
        (USUAL, date(2026, 11, 30), date(2026, 11, 30)),
        (AT_CHRISTMAS, date(2026, 12, 25), date(2026, 12, 28)),
        (GULF, date(2026, 11, 27), date(2026, 11, 29)),
        (EVERY_DAY, date(2026, 12, 25), date(2026, 12, 25)),
    ],
)
def test_a_free_day_moves_to_the_next_working_day(calendar, day, expected):
    assert calendar.on_or_after(day) == expected


@given(CALENDARS, DAYS, st.integers(min_value=1, max_value=40))
def test_counting_working_days_back_and_forth_comes_home(calendar, day, count):
    start = calendar.days_after(day, 1)
    assert calendar.is_working_day(calendar.days_before(day, count))
    assert calendar.days_before(calendar.days_after(start, count), count) == start


def test_a_week_without_working_days_is_refused():
    with pytest.raises(ValueError, match="single working weekday"):
        WorkingCalendar(frozenset())
