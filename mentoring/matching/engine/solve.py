"""An optimal solution on the sparse graph, from any prices."""

from collections.abc import Callable

import numpy as np

from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.auction import COARSE, MEDIUM, reduce, scaled, settle_rows
from mentoring.matching.engine.graph import Graph, State, fresh
from mentoring.matching.engine.paths import Repair

PATIENCE = 20_000_000
FAITH = 6  # in prices that were exact before a few edges came
BOTH, MENTEES = (True, False), (True,)
Pulse = Callable[[], None]
Sides = tuple[bool, ...]


def solve(graph: Graph, rows: Ints, columns: Ints, pulse: Pulse, sides: Sides = BOTH) -> State:
    """The best solution by weight alone; what is lifted afterwards needs only the mentees' side."""
    state = fresh(graph)
    reduce(graph, state, rows, columns)
    if not repaired(graph, state, rows, columns, 1):
        state.v[:] = 0
        scaled(graph, state, rows, columns, COARSE)
    finish(graph, state, rows, columns, pulse, sides)
    return state


def again(
    graph: Graph,
    state: State,
    rows: Ints,
    columns: Ints,
    pulse: Pulse,
    extra: int = 0,
    sides: Sides = BOTH,
) -> None:
    """Solve from the prices of mentors, after edges were added or lost."""
    before = int(state.taken.sum())
    settle_rows(graph, state)
    lost = 8 * int(state.taken.sum()) < 7 * before
    if lost or not repaired(graph, state, rows, columns, FAITH):
        scaled(graph, state, rows, columns, MEDIUM, extra)
    finish(graph, state, rows, columns, pulse, sides)


def repaired(graph: Graph, state: State, rows: Ints, columns: Ints, times: int) -> bool:
    """Whether a bounded amount of work repairs the mentees' side."""
    work = Repair(graph, state, rows, columns)
    return work.run(True, times * (2 * len(graph.row) + 20 * len(rows)))


def finish(
    graph: Graph, state: State, rows: Ints, columns: Ints, pulse: Pulse, sides: Sides = BOTH
) -> None:
    """Repair both sides; the caller hears a pulse between two portions of work."""
    work = Repair(graph, state, rows, columns)
    for mentees in sides:
        while not work.run(mentees, PATIENCE):
            pulse()


def lift(rows: Ints, columns: Ints, highest: int) -> int:
    """What a pair counts besides its score, so that no score outweighs one more pair."""
    return 4 * (int(min(rows.sum(), columns.sum())) + 1) * highest


def most_people(
    graph: Graph, state: State, rows: Ints, columns: Ints, extra: int, pulse: Pulse
) -> tuple[Graph, State]:
    """From the best by weight to the best among those with the most pairs."""
    lifted = graph._replace(weight=graph.weight + extra)
    state = State(state.u + extra, state.v, state.taken)
    finish(lifted, state, rows, columns, pulse)
    return lifted, state


def total(graph: Graph, state: State) -> int:
    return int(np.sum(graph.weight[state.taken == 1]))
