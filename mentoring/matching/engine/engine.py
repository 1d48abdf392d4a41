"""The one way in: a cohort, rules and weights; out come pairs with their proof."""

from collections.abc import Callable

import numpy as np

from mentoring.matching.engine import seals
from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.blas import one_thread
from mentoring.matching.engine.canonical import canonical
from mentoring.matching.engine.checks import check
from mentoring.matching.engine.cohort import Cohort
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.engine.encode import Encoded, encode
from mentoring.matching.engine.explain import unmatched
from mentoring.matching.engine.fairness import raise_worst
from mentoring.matching.engine.problem import (
    KEEP,
    Problem,
    Progress,
    Solved,
    Watch,
    check_size,
    optimum,
)
from mentoring.matching.engine.result import CLOSED, Certificate, Result
from mentoring.matching.engine.scoring import best_pairs
from mentoring.matching.engine.settings import Rules, Weights
from mentoring.matching.engine.solve import lift
from mentoring.matching.engine.stability import stability


def match(
    cohort: Cohort,
    rules: Rules,
    weights: Weights,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    explain: bool = True,
    threads: int | None = None,
) -> Result:
    """The best possible pairs. Raises a BadCohort before work starts, or Cancelled."""
    watch = Watch(progress, cancelled)
    watch.tell("checking")
    check(cohort, rules, weights)
    with one_thread():
        problem = prepare(cohort, rules, weights, watch, threads)
        solved = first = optimum(problem)
        ready = problem
        if rules.raise_worst:
            ready, solved = raise_worst(problem, solved, rules.raise_worst_may_cost)
        solved = canonical(cohort, ready, solved, rules.seed)
        result = report((cohort, rules, weights), ready, (first, solved), explain=explain)
    watch.tell("done", 1, 1)
    return result


def prepare(
    cohort: Cohort, rules: Rules, weights: Weights, watch: Watch, threads: int | None = None
) -> Problem:
    """Everything up to the scores."""
    encoded = encode(cohort, rules, weights)
    extra = 0
    if rules.most_people_first:
        extra = lift(encoded.row_capacity, encoded.column_capacity, encoded.highest)
    check_size(encoded, extra)
    kept = best_pairs(encoded, KEEP, watch.stage("scoring"), threads)
    return Problem(encoded, kept, encoded.limits.floor, extra, watch, threads)


def report(
    question: tuple[Cohort, Rules, Weights],
    problem: Problem,
    solutions: tuple[Solved, Solved],
    *,
    explain: bool,
) -> Result:
    cohort, rules, _ = question
    first, solved = solutions
    definitions = Definitions(*question)
    encoded = problem.encoded
    row, column = solved.taken
    free = np.column_stack([encoded.mentees[row], encoded.mentors[column]])
    pairs = np.vstack([free, cohort.locks]).astype(np.int64)
    locked = np.arange(len(pairs)) >= len(free)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, locked = pairs[order], locked[order]
    raised = rules.raise_worst and problem.floor > encoded.limits.floor
    return Result(
        pairs=pairs,
        locked=locked,
        scores=definitions.scores(pairs[:, 0], pairs[:, 1]),
        parts=definitions.parts(pairs[:, 0], pairs[:, 1]),
        certificate=certificate(question, problem, solved, pairs),
        same_every_time=not solved.cut,
        unmatched=unmatched(cohort, definitions, problem, solved) if explain else [],
        stability=stability(problem, solved) if explain else None,
        worst_raised_to=problem.floor if raised else None,
        raising_cost=first.score(problem.extra) - solved.score(problem.extra),
    )


def spread(encoded: Encoded, prices: tuple[Ints, Ints], cohort: Cohort) -> tuple[Ints, Ints]:
    """Prices in the order of the cohort; closed for who has no place."""
    u = np.full(len(cohort.mentees), CLOSED, np.int64)
    v = np.full(len(cohort.mentors), CLOSED, np.int64)
    u[encoded.mentees], v[encoded.mentors] = prices
    return u, v


def certificate(
    question: tuple[Cohort, Rules, Weights], problem: Problem, solved: Solved, pairs: Ints
) -> Certificate:
    prices = spread(problem.encoded, (solved.state.u, solved.state.v), question[0])
    given = seals.inputs(*question)
    numbers = (problem.extra, problem.floor, solved.pairs, solved.score(problem.extra))
    return Certificate(*prices, *numbers, given, seals.seal(pairs, prices, numbers, given))
