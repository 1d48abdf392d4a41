"""Labels never run into each other, at any width."""

from datetime import date
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mentoring.gallery.charts import months
from mentoring.lib.charts.labels import TIERS, cut, month_labels, spread, width
from tests.lib.charts.givens import calendars

OVERHANG = 16


@given(calendars, st.sampled_from(["en", "de"]))
def test_month_labels_do_not_touch_at_the_width_of_their_tier(
    calendar: tuple[date, ...], language: str
) -> None:
    with translation.override(language):
        labels = month_labels(calendar)
    for tier, room in TIERS.items():
        for shown, text in (("tiers", "month"), ("year_tiers", "year")):
            spans = [
                (room * label.x / 100 - wide / 2, room * label.x / 100 + wide / 2)
                for label in labels
                if tier in getattr(label, shown)
                for wide in (width(getattr(label, text)),)
            ]
            assert all(one[1] < other[0] for one, other in pairwise(spans))
            assert all(start >= -OVERHANG and end <= room + OVERHANG for start, end in spans)


@given(calendars)
def test_the_last_month_and_each_year_are_named_in_every_tier(calendar: tuple[date, ...]) -> None:
    labels = month_labels(calendar)
    for tier in TIERS:
        shown = [label for label in labels if tier in label.tiers]
        assert [label.x for label in shown][-1:] == [label.x for label in labels][-1:]
        assert [label for label in shown[:1] if tier not in label.year_tiers] == []


def test_a_year_is_said_once() -> None:
    labels = [label for label in month_labels(months(12, 2025, 9)) if "l" in label.tiers]
    assert [(each.month, each.year) for each in labels if "l" in each.year_tiers] == [
        ("Sep", "2025"),
        ("Jan", "2026"),
    ]
    assert len(labels) == 12


@given(
    st.lists(st.floats(0, 100), max_size=8),
    st.floats(1, 60),
)
def test_places_keep_their_order_and_their_distance(wanted: list[float], gap: float) -> None:
    placed = spread(wanted, gap=gap, low=0, high=100)
    assert all(0 <= place <= 100.01 for place in placed)
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    room = min(gap, 100 / max(1, len(wanted) - 1))
    in_order = [placed[at] for at in order]
    assert all(other - one >= room - 0.05 for one, other in pairwise(in_order))


def test_labels_with_room_stay_where_they_are_wanted() -> None:
    assert spread([80, 10, 40], gap=20, low=0, high=100) == (80, 10, 40)
    assert spread([50, 52], gap=20, low=0, high=100) == (41, 61)
    assert spread([99, 100], gap=20, low=0, high=100) == (80, 100)
    assert spread([5, 5, 5], gap=60, low=0, high=100) == (0, 50, 100)
    assert spread([], gap=20, low=0, high=100) == ()


@pytest.mark.parametrize(
    "text", ["x" * 60, "Ünïcödé name of a cohort that goes on and on", "李小龙" * 20]
)
def test_a_long_name_is_cut_to_its_room(text: str) -> None:
    short = cut(text, 100)
    assert short.endswith("…")
    assert width(short) <= 100
    assert text.startswith(short[:-1].rstrip())
    assert cut("Meetings", 100) == "Meetings"
