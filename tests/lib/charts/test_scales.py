"""Axes end at round numbers, and nothing lies outside them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.lib.charts.scales import nice_step, places_of, scale

finite = st.floats(-1e12, 1e12)


@pytest.mark.parametrize(
    ("values", "smallest", "ticks"),
    [
        ([3, 52], 1, (0, 20, 40, 60)),
        ([0.2, 0.95], 0.01, (0, 0.25, 0.5, 0.75, 1)),
        ([980_000], 1, (0, 250_000, 500_000, 750_000, 1_000_000)),
        ([-0.3, 1.4], 0.1, (-0.5, 0, 0.5, 1, 1.5)),
        ([-8], 1, (-8, -6, -4, -2, 0)),
        ([0, 0], 1, (0, 1)),
        ([], 1, (0, 1)),
        ([1], 1, (0, 1)),
    ],
)
def test_an_axis_begins_at_zero_and_has_round_numbers(
    values: list[float], smallest: float, ticks: tuple[float, ...]
) -> None:
    assert scale(values, smallest=smallest).ticks == pytest.approx(ticks)


def test_numbers_that_are_counted_have_no_halves() -> None:
    assert scale([2], smallest=1).ticks == (0, 1, 2)


@given(st.lists(finite, max_size=20), st.booleans())
def test_every_value_lies_on_its_axis(values: list[float], from_zero: bool) -> None:
    axis = scale(values, from_zero=from_zero)
    assert axis.low < axis.high
    assert 2 <= len(axis.ticks) <= 7
    assert list(axis.ticks) == sorted(set(axis.ticks))
    slack = 1e-6 * max(1.0, abs(axis.low), abs(axis.high))
    assert all(axis.low - slack <= value <= axis.high + slack for value in values)
    assert all(0 <= axis.percent(value) <= 100 for value in values)
    assert not from_zero or axis.low <= 0 <= axis.high


@given(st.floats(1e-9, 1e15))
def test_a_step_is_round_and_not_smaller_than_asked_for(rough: float) -> None:
    step = nice_step(rough)
    assert rough * 0.99999 <= step <= rough * 2.6
    digits = step / 10 ** math.floor(math.log10(step))
    assert min(abs(digits - each) for each in (1, 2, 2.5, 5, 10)) < 1e-6


@pytest.mark.parametrize(("step", "places"), [(1, 0), (250_000, 0), (0.5, 1), (0.25, 2), (2.5, 1)])
def test_ticks_have_as_many_digits_as_tell_them_apart(step: float, places: int) -> None:
    assert places_of(step) == places
