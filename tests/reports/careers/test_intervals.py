"""Intervals hold what they promise; scipy and chance are the judges."""

import numpy as np
import pytest
from scipy.stats import binomtest

from mentoring.reports.careers.intervals import effective_size, standardized, wilson

RUNS = 2000


@pytest.mark.parametrize("n", [1, 10, 37, 500])
@pytest.mark.parametrize("tenth", range(11))
def test_the_interval_of_a_plain_group_is_that_of_scipy(n, tenth):
    hits = round(n * tenth / 10)
    known = binomtest(hits, n).proportion_ci(0.95, method="wilson")
    found = wilson(hits / n, n)
    assert (found.low, found.high) == pytest.approx((known.low, known.high), abs=1e-12)
    assert found.low <= hits / n <= found.high


def test_nobody_knows_anything_about_nobody():
    found = wilson(0.0, 0)
    assert (found.low, found.high) == (0.0, 1.0)
    assert effective_size([]) == 0.0


def test_weights_that_are_equal_are_worth_the_people_and_others_less():
    assert effective_size([0.05] * 20) == pytest.approx(20)
    assert effective_size([0.5, 0.25, 0.25]) == pytest.approx(1 / 0.375)
    assert effective_size([1.0, 0.0, 0.0]) == 1.0


def parts_of(hits, beside, shares):
    """Strata of people, so many of whom say yes."""
    return [
        ({(place, one): one < yes for one in range(count)}, share / count)
        for place, (yes, count, share) in enumerate(zip(hits, beside, shares, strict=True))
    ]


def test_a_group_of_one_stratum_is_a_plain_group_but_for_the_correction():
    share, found = standardized(parts_of([15], [20], [1.0]))
    plain = wilson(0.75, 19)
    assert share == 0.75
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high))


def test_a_group_that_agrees_is_as_uncertain_as_its_weights():
    assert standardized(parts_of([20, 5], [20, 5], [0.5, 0.5])) == (1.0, wilson(1.0, 16.0))


def test_whoever_is_in_two_strata_is_one_person():
    twice = [({"a": True, "b": False}, 0.25), ({"a": True, "b": False}, 0.25)]
    once = [({"a": True, "b": False}, 0.5)]
    assert standardized(twice) == standardized(once)


@pytest.mark.parametrize(
    ("taking", "beside", "chances"),
    [
        ([20, 20], [20, 20], [0.8, 0.8]),
        ([30, 10, 10], [40, 60, 20], [0.85, 0.85, 0.85]),
        ([12, 6, 2], [10, 30, 8], [0.7, 0.9, 0.5]),
        ([15, 15], [12, 200], [0.3, 0.1]),
        ([1] * 20, [1] * 20, [0.8] * 20),
        ([5] * 8, [3, 1, 9, 20, 2, 40, 3, 7], [0.9, 0.8, 0.95, 0.7, 0.9, 0.8, 0.99, 0.6]),
    ],
    ids=["alike", "unequal", "shares apart", "one large stratum", "one by one", "all sizes"],
)
def test_the_interval_of_a_weighted_group_holds_the_truth_about_95_times_in_100(
    taking, beside, chances
):
    random = np.random.default_rng(7)
    shares = [each / sum(taking) for each in taking]
    truth = sum(share * chance for share, chance in zip(shares, chances, strict=True))
    held = 0
    for hits in random.binomial(beside, chances, size=(RUNS, len(beside))):
        _share, found = standardized(parts_of(hits.tolist(), beside, shares))
        held += found.low <= truth <= found.high
    assert 0.94 <= held / RUNS <= 0.985
