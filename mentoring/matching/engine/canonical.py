"""Among all optimal answers, the same one every time.

Pairs whose score equals their prices may be in an optimum or not; a second, small problem on
them takes the largest sum of numbers drawn from the keys of the two people and the seed.
"""

import numpy as np

from mentoring.matching.engine import solve
from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.cohort import Cohort
from mentoring.matching.engine.errors import NotProven
from mentoring.matching.engine.graph import State, degrees
from mentoring.matching.engine.problem import Problem, Solved, check, subset

BITS = 20


def mix(value: np.ndarray) -> np.ndarray:
    """The finalizer of SplitMix64."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(value ^ (value >> np.uint64(31)))


def draws(cohort: Cohort, mentees: Ints, mentors: Ints, seed: int) -> Ints:
    """A number from 1 to 2²⁰ for each pair, from keys and seed only."""
    step = np.uint64(0x9E3779B97F4A7C15)
    start = np.uint64((seed * 0x9E3779B97F4A7C15 + 1) % 2**64)
    left = mix(cohort.mentees.key[mentees].astype(np.uint64) + start)
    both = mix(left * step + cohort.mentors.key[mentors].astype(np.uint64))
    return (both >> np.uint64(64 - BITS)).astype(np.int64) + 1


def canonical(cohort: Cohort, problem: Problem, solved: Solved, seed: int) -> Solved:
    """The optimum with the largest sum of draws; prices and objective stay."""
    graph, state = solved.graph, solved.state
    worth = graph.weight - state.u[graph.row] - state.v[graph.column]
    forced = worth > 0
    sure = state._replace(taken=forced.astype(np.uint8))
    used = degrees(graph, sure)
    rows, columns = (all_ - part for all_, part in zip(problem.places, used, strict=True))
    open_ = (worth == 0) & (rows[graph.row] > 0) & (columns[graph.column] > 0)
    if not np.any(open_):
        return solved
    part, small = subset(graph, state, open_)
    big = (int(rows.sum()) + 1) << (BITS + 1)
    must = state.u > 0, state.v > 0
    encoded = problem.encoded
    drawn = draws(cohort, encoded.mentees[part.row], encoded.mentors[part.column], seed)
    wish = drawn + big * (must[0][part.row].astype(np.int64) + must[1][part.column])
    part = part._replace(weight=wish)
    small = State(small.u, big * must[1].astype(np.int64), small.taken)
    solve.again(part, small, rows, columns, lambda: problem.watch.tell("breaking ties"))
    taken = forced.astype(np.uint8)
    taken[np.flatnonzero(open_)] = small.taken
    answer = Solved(graph, state._replace(taken=taken), solved.cut)
    if solve.total(graph, answer.state) != solve.total(graph, state):
        raise NotProven("Breaking ties changed the optimum.")
    check(problem, graph, answer.state)
    return answer
