"""Raises the worst-off pair as far as the program is willing to pay for it."""

import numpy as np

from mentoring.matching.engine.problem import Problem, Solved, above
from mentoring.matching.engine.settings import POINT

STEP = POINT // 10


def raise_worst(problem: Problem, solved: Solved, may_cost: float) -> tuple[Problem, Solved]:
    """The highest least score, to a tenth of a point, that keeps people and nearly the total.

    Each trial is a whole exact solution with a higher floor, from the prices of the first. One
    is made at once, so that ties are broken above its floor.
    """
    if not solved.pairs:
        return problem, solved
    least = solved.score(problem.extra) - int(may_cost * solved.score(problem.extra))
    weight = solved.graph.weight[np.flatnonzero(solved.state.taken)] - problem.extra
    low = int(weight.min()) // STEP
    high = int(weight.sum()) // len(weight) // STEP + 1
    best = above(problem, solved, max(problem.floor, low * STEP))
    while high - low > 1:
        middle = (low + high) // 2
        trial = above(problem, solved, max(problem.floor, middle * STEP))
        same_people = trial[1].pairs == solved.pairs or not problem.extra
        if same_people and trial[1].score(problem.extra) >= least:
            low, best = middle, trial
        else:
            high = middle
    return best
