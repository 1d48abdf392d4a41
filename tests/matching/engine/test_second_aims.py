"""Raising the worst-off pair, and how stable an answer is."""

from dataclasses import replace

import numpy as np
import pytest

from mentoring.matching.engine import engine
from mentoring.matching.engine.engine import match
from mentoring.matching.engine.settings import POINT, Rules, Weights
from mentoring.matching.engine.stability import MATERIAL
from tests.matching.cohorts import cohort, table

WEIGHTS = Weights()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", ["mix", "tight"])
@pytest.mark.parametrize("share", [0.005, 0.2])
def test_the_worst_pair_is_raised_as_far_as_the_price_allows(
    seed: int, kind: str, share: float
) -> None:
    drawn = cohort(seed, 60, 50, kind=kind)
    rules = Rules(raise_worst=True, raise_worst_may_cost=share)
    plain = match(drawn, replace(rules, raise_worst=False), WEIGHTS)
    raised = match(drawn, rules, WEIGHTS)
    may_cost = int(plain.score * rules.raise_worst_may_cost)
    assert len(raised.pairs) == len(plain.pairs)
    assert raised.worst >= plain.worst
    assert raised.raising_cost == plain.score - raised.score
    assert 0 <= raised.raising_cost <= may_cost
    # One step further costs people or too much.
    further = Rules(minimum_score=raised.worst / POINT + 0.1)
    beyond = match(drawn, further, WEIGHTS)
    lost = len(beyond.pairs) < len(plain.pairs)
    assert lost or plain.score - beyond.score > may_cost


def blocking(scores: np.ndarray, pairs: np.ndarray, drawn) -> np.ndarray:
    """By the definition, pair by pair: what both would gain."""
    floor = 20 * POINT
    least = [np.full(len(side), floor - 1) for side in (drawn.mentees, drawn.mentors)]
    for side, people in enumerate((drawn.mentees, drawn.mentors)):
        for who in range(len(people)):
            mine = pairs[pairs[:, side] == who]
            if len(mine) == people.capacity[who]:
                least[side][who] = scores[mine[:, 0], mine[:, 1]].min()
    gain = scores - np.maximum(least[0][:, None], least[1][None, :])
    gain[pairs[:, 0], pairs[:, 1]] = 0
    return np.where(scores > 0, np.maximum(gain, 0), 0)


def greedy(scores: np.ndarray, drawn) -> tuple[int, int]:
    """Best pairs first; equal ones by the keys of mentee and mentor."""
    order = [np.argsort(side.key) for side in (drawn.mentees, drawn.mentors)]
    free = [
        side.capacity[by] for side, by in zip((drawn.mentees, drawn.mentors), order, strict=True)
    ]
    scores = scores[np.ix_(*order)]
    total, count = 0, 0
    for number in np.argsort(-scores, axis=None, kind="stable"):
        row, column = divmod(int(number), scores.shape[1])
        if scores[row, column] > 0 and free[0][row] and free[1][column]:
            free[0][row] -= 1
            free[1][column] -= 1
            total, count = total + int(scores[row, column]), count + 1
    return total, count


@pytest.mark.parametrize("keep", [2, 24, 90])
@pytest.mark.parametrize("kind", ["mix", "tight"])
def test_blocking_pairs_are_counted_and_what_ruling_them_out_costs(
    monkeypatch: pytest.MonkeyPatch, kind: str, keep: int
) -> None:
    monkeypatch.setattr(engine, "KEEP", keep)
    for seed in range(4):
        drawn = cohort(seed, 90, 80, kind=kind)
        scores = table(drawn, Rules(), WEIGHTS)
        result = match(drawn, Rules(), WEIGHTS)
        found, gain = result.stability, blocking(scores, result.pairs, drawn)
        assert found.blocking == int(np.sum(gain > 0))
        assert found.material == int(np.sum(gain >= MATERIAL))
        assert np.all(gain[found.worst[:, 0], found.worst[:, 1]] >= MATERIAL)
        if keep > 80:
            assert (found.stable_score, found.stable_pairs) == greedy(scores, drawn)
        assert found.cost == result.score - found.stable_score
