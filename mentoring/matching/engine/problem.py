"""One cohort's problem on its way from scores to a proven optimum."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from mentoring.matching.engine import solve
from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.auction import COARSE, MEDIUM, scaled
from mentoring.matching.engine.certify import Certifier
from mentoring.matching.engine.encode import Encoded
from mentoring.matching.engine.errors import Cancelled, NotProven, TooLarge
from mentoring.matching.engine.graph import Graph, State, build, core, degrees, extend, fresh
from mentoring.matching.engine.looking import Found, Looker
from mentoring.matching.engine.scoring import Candidates

Progress = Callable[[str, int, int], None]
KEEP = 24  # partners of each


class Watch:
    """Tells the caller how far the work is, and hears from the caller that it must stop."""

    def __init__(
        self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> None:
        self.progress, self.cancelled = progress, cancelled

    def tell(self, stage: str, done: int = 0, total: int = 1) -> None:
        if self.cancelled and self.cancelled():
            raise Cancelled
        if self.progress:
            self.progress(stage, done, total)

    def stage(self, name: str) -> Callable[[int, int], None]:
        return lambda done, total: self.tell(name, done, total)


@dataclass(frozen=True)
class Problem:
    """Scored people, and which pairs are allowed."""

    encoded: Encoded
    kept: Candidates
    floor: int
    extra: int  # what a pair counts besides its score
    watch: Watch
    threads: int | None = None

    @property
    def places(self) -> tuple[Ints, Ints]:
        return self.encoded.row_capacity, self.encoded.column_capacity


@dataclass(frozen=True)
class Solved:
    """An optimum with prices that prove it on all pairs; weights and prices are lifted."""

    graph: Graph
    state: State
    cut: bool  # whether there were more ties than were kept

    @property
    def taken(self) -> tuple[Ints, Ints]:
        chosen = np.flatnonzero(self.state.taken)
        return self.graph.row[chosen].astype(np.int64), self.graph.column[chosen].astype(np.int64)

    @property
    def pairs(self) -> int:
        return int(self.state.taken.sum())

    def score(self, extra: int) -> int:
        return solve.total(self.graph, self.state) - extra * self.pairs


def check_size(encoded: Encoded, extra: int) -> None:
    most = int(encoded.row_capacity.sum()) + int(encoded.column_capacity.sum()) + 1
    if most * (extra + encoded.highest) >= 2**62:
        raise TooLarge("So many people and places cannot be added up exactly.")


def optimum(problem: Problem) -> Solved:
    """The best on the core graph, then the best of all."""
    problem.watch.tell("solving")
    certifier = certifier_of(problem)
    # A name for the core graph here would keep it in memory.
    return prove(problem, certifier, *start(problem, certifier))


def start(problem: Problem, certifier: Certifier) -> tuple[Graph, State]:
    """The best by weight, then with most people, on a graph that is mostly complete."""
    pulse = lambda: problem.watch.tell("solving")  # noqa: E731
    sides = solve.MENTEES if problem.extra else solve.BOTH
    if problem.encoded.tight:
        graph, state = sketch(problem, certifier)
        solve.again(graph, state, *problem.places, pulse, 0, sides)
    else:
        graph = core(problem.kept.hand_over(), problem.floor)
        state = solve.solve(graph, *problem.places, pulse, sides)
    if problem.extra:
        return solve.most_people(graph, state, *problem.places, problem.extra, pulse)
    return graph, state


def sketch(problem: Problem, certifier: Certifier) -> tuple[Graph, State]:
    """Good prices, and most pairs that they ask for, before anything is solved exactly.

    Where places are scarce, the best of each person say little about whom they will get. If some
    find no place that they can pay, too little was in the graph and prices are far too high: then
    they begin at nothing again.
    """
    graph = core(problem.kept.hand_over(), problem.floor)
    state, dear, few = fresh(graph), True, False
    while True:
        if dear:
            state.v[:] = 0
        dear = scaled(graph, state, *problem.places, COARSE if dear else MEDIUM)
        if few:
            return graph, state
        found = certifier.find(graph, state)
        graph, state = more(graph, state, found, 0)
        few = bool(4 * np.count_nonzero(found.excess > 0) <= len(state.u))


def above(problem: Problem, solved: Solved, floor: int) -> tuple[Problem, Solved]:
    """The same with a higher floor, starting from the prices that were found."""
    problem = replace(problem, floor=floor)
    graph, state = solved.graph, solved.state
    stays = graph.weight - problem.extra >= floor
    graph, state = subset(graph, state, stays)
    told = lambda: problem.watch.tell("raising the worst")  # noqa: E731
    solve.again(graph, state, *problem.places, told, problem.extra)
    return problem, prove(problem, certifier_of(problem), graph, state)


def subset(graph: Graph, state: State, stays: np.ndarray) -> tuple[Graph, State]:
    """Some of the edges; prices and what is taken are copied."""
    part = graph.row[stays], graph.column[stays], graph.weight[stays]
    kept = State(state.u.copy(), state.v.copy(), state.taken[stays])
    return build(*part, len(state.u), len(state.v)), kept


def certifier_of(problem: Problem) -> Certifier:
    told = problem.watch.stage("proving")
    return Certifier(Looker(problem.encoded, problem.kept, problem.floor, told, problem.threads))


def prove(problem: Problem, certifier: Certifier, graph: Graph, state: State) -> Solved:
    """Add pairs that the prices do not explain, and solve again, until there are none."""
    pulse = lambda: problem.watch.tell("solving")  # noqa: E731
    while True:
        found = certifier.find(graph, state._replace(u=state.u - problem.extra))
        graph, state = more(graph, state, found, problem.extra)
        if not np.any(found.excess > 0):
            check(problem, graph, state)
            return Solved(graph, state, bool(len(found.cut)))
        solve.again(graph, state, *problem.places, pulse, problem.extra)


def more(graph: Graph, state: State, found: Found, extra: int) -> tuple[Graph, State]:
    if not len(found.row):
        return graph, state
    return extend(graph, state, found.row, found.column, found.weight + extra)


def check(problem: Problem, graph: Graph, state: State) -> None:
    """The conditions of an optimum on the graph; a failure is an error of this engine."""
    rows, columns = problem.places
    worth = graph.weight - state.u[graph.row] - state.v[graph.column]
    chosen = state.taken == 1
    row_degree, column_degree = degrees(graph, state)
    wrong = (
        np.any(worth[~chosen] > 0)
        or np.any(worth[chosen] < 0)
        or np.any(state.u < 0)
        or np.any(state.v < 0)
        or np.any((row_degree > rows) | (row_degree < rows) & (state.u > 0))
        or np.any((column_degree > columns) | (column_degree < columns) & (state.v > 0))
    )
    dual = int(rows @ state.u) + int(columns @ state.v) + int(worth[chosen].sum())
    if wrong or dual != solve.total(graph, state):
        raise NotProven("The prices do not prove the pairs.")
