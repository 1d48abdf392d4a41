"""The fast path gives exactly the scores and permissions of the definitions."""

import numpy as np
import pytest

from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.engine.encode import encode
from mentoring.matching.engine.scoring import best_pairs, score_block
from mentoring.matching.engine.settings import FULL, Rules, Weights, floor_units, units
from tests.matching.cohorts import rich

HEAVY = Weights(topics=1, languages=50, text=50, form=30, hours=3, department=7)
OPEN = Rules(
    direction="either",
    other_department=False,
    common_language=False,
    common_topic=False,
    earlier_pairs_again=True,
    minimum_score=0,
)


def no_step(done: int, total: int) -> None:
    pass


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    "rules", [Rules(), OPEN, Rules(direction="mentor above", common_form=True)]
)
@pytest.mark.parametrize("weights", [Weights(), HEAVY])
def test_every_score_and_permission_is_the_one_of_the_definitions(
    seed: int, rules: Rules, weights: Weights
) -> None:
    cohort = rich(seed, 40, 30)
    encoded = encode(cohort, rules, weights)
    fast = score_block(encoded, np.arange(len(encoded.mentees)), encoded.right, encoded.columns)
    pairs = np.ix_(encoded.mentees, encoded.mentors)
    definitions = Definitions(cohort, rules, weights)
    slow = definitions.scores(*pairs)
    fits = definitions.fits(*pairs) & (slow >= floor_units(rules))
    assert np.array_equal(fast >= encoded.limits.floor, fits)
    assert np.array_equal(fast[fits].astype(np.int64), slow[fits])
    assert slow.max() <= encoded.highest


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_best_of_everybody_are_kept_whatever_the_number_of_threads(threads: int) -> None:
    cohort = rich(1, 700, 500)
    encoded = encode(cohort, Rules(), Weights())
    kept = best_pairs(encoded, 5, no_step, threads)
    rows = np.arange(len(encoded.mentees))
    fast = score_block(encoded, rows, encoded.right, encoded.columns).astype(np.int64)
    allowed = np.where(fast >= encoded.limits.floor, fast, encoded.limits.floor - 1)
    for entries, scores in ((kept.rows, allowed), (kept.columns, allowed.T)):
        best = np.sort(scores, axis=1)[:, ::-1][:, :5]
        assert np.array_equal(np.sort(entries >> 32, axis=1)[:, ::-1], best)
    one = best_pairs(encoded, 5, no_step, 1)
    assert np.array_equal(np.sort(one.rows, axis=1), np.sort(kept.rows, axis=1))
    assert np.array_equal(np.sort(one.columns, axis=1), np.sort(kept.columns, axis=1))


def test_weights_are_shares_of_a_hundred_points() -> None:
    assert sum(units(Weights()).values()) == FULL
    assert units(HEAVY) == units(
        Weights(
            topics=2,
            languages=100,
            text=100,
            form=60,
            hours=6,
            department=14,
            seniority=20,
            location=10,
            choices=30,
        )
    )
    assert sum(units(Weights(topics=1, seniority=1, department=1)).values()) == FULL
