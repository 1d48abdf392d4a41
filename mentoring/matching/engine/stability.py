"""Pairs who would both rather have each other, and what ruling them out would cost.

Both see the same score, so the plan without such pairs is the one that takes the best pair
first, then the next that still fits.
"""

from dataclasses import dataclass

import numpy as np

from mentoring.matching.engine.arrays import Ints, Marks, Singles, Small
from mentoring.matching.engine.cohort import no_pairs
from mentoring.matching.engine.encode import take_columns
from mentoring.matching.engine.graph import Graph, State, degrees, extend
from mentoring.matching.engine.kernel import kernel
from mentoring.matching.engine.problem import Problem, Solved
from mentoring.matching.engine.scoring import TILE_COLUMNS, product
from mentoring.matching.engine.settings import POINT
from mentoring.matching.engine.tiles import finish_tile, replace_worst

MATERIAL = 5 * POINT
MOST = 16
ROWS = 256
SHOWN = 100


@dataclass(frozen=True)
class Stability:
    """How many pairs would block the plan, and the plan that nobody would block."""

    blocking: int
    material: int  # both would gain at least MATERIAL
    worst: Ints  # the material ones with the largest gain, as indexes into the cohort
    stable_score: int
    stable_pairs: int
    cost: int  # score of the plan above the stable one; negative if people were put first


@kernel
def take_best_first(order: Ints, graph: Graph, rows: Ints, columns: Ints, taken: Marks) -> None:
    """Edge after edge in this order, while both have a place."""
    for edge in order:
        row, column = graph.row[edge], graph.column[edge]
        if rows[row] > 0 and columns[column] > 0:
            rows[row] -= 1
            columns[column] -= 1
            taken[edge] = 1


@kernel
def look(
    tile: Singles, bars: tuple[Ints, Ints, int], graph_row: Ints, kept: Ints, count: Ints
) -> None:
    """Pairs that beat what both have: count them, and keep those with the largest gain."""
    mine, theirs, material = bars
    for at in range(len(tile)):
        for j in range(tile.shape[1]):
            gain = np.int64(tile[at, j]) - max(mine[at], theirs[j])
            if gain <= 0:
                continue
            count[0] += 1
            count[1] += gain >= material
            entry = (gain << 32) | graph_row[j]
            if entry > kept[at, 0]:
                replace_worst(kept[at], entry)


def has_now(weight: Ints, who: Ints, degree: Ints, places: Ints, floor: int) -> Ints:
    """The least that each would give up: the worst partner's score, or nothing."""
    worst = np.full(len(places), np.iinfo(np.int64).max)
    np.minimum.at(worst, who, weight)
    return np.where(degree < places, floor - 1, worst)


class Blockers:
    """Blocking pairs of any plan on a problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    def find(self, graph: Graph, state: State) -> tuple[Ints, Ints]:
        """Rows of (mentee, mentor, gain, score), and the counts of all and of material ones.

        `graph` has plain scores. All of the graph's pairs are found, of others at most MOST
        per mentee; the counts are complete.
        """
        chosen = state.taken == 1
        degree = degrees(graph, state)
        bars = [
            has_now(graph.weight[chosen], ends[chosen], degree[side], places, self.problem.floor)
            for side, (ends, places) in enumerate(
                zip((graph.row, graph.column), self.problem.places, strict=True)
            )
        ]
        gain = graph.weight - np.maximum(bars[0][graph.row], bars[1][graph.column])
        inside = np.flatnonzero((gain > 0) & ~chosen)
        known = np.column_stack(
            [graph.row[inside], graph.column[inside], gain[inside], graph.weight[inside]]
        )
        outside, count = self.outside(graph, bars)
        count = count + np.array([len(inside), int(np.sum(gain[inside] >= MATERIAL))])
        return np.vstack([known, outside]).astype(np.int64), count

    def outside(self, graph: Graph, bars: list[Ints]) -> tuple[Ints, Ints]:
        """Among the pairs that were left out of the graph."""
        encoded, kept = self.problem.encoded, self.problem.kept
        rows = np.flatnonzero(kept.row_bound > bars[0])
        columns = np.flatnonzero(kept.column_bound > bars[1])
        count, found = np.zeros(2, np.int64), [no_pairs(4)]
        right, side = take_columns(encoded, columns)
        buffer = np.empty(ROWS * TILE_COLUMNS, np.float32)
        common = np.zeros(TILE_COLUMNS, np.uint64)
        for low in range(0, len(rows) if len(columns) else 0, ROWS):
            self.problem.watch.tell("stability", low, len(rows))
            chosen = rows[low : low + ROWS]
            best = np.full((len(chosen), MOST), -1, np.int64)
            for first in range(0, len(columns), TILE_COLUMNS):
                part = columns[first : first + TILE_COLUMNS]
                tile = product(encoded.left[chosen], right[first : first + len(part)], buffer)
                finish_tile(tile, chosen, first, (encoded.rows, side, encoded.limits), common)
                ban_edges(tile, chosen, side.place - first, graph)
                look(tile, (bars[0][chosen], bars[1][part], MATERIAL), part, best, count)
            at, entry = np.nonzero(best >= 0)
            row, column = chosen[at], best[at, entry] & 0xFFFFFFFF
            gain = best[at, entry] >> 32
            score = gain + np.maximum(bars[0][row], bars[1][column])
            found.append(np.column_stack([row, column, gain, score]))
        return np.vstack(found), count


@kernel
def ban_edges(tile: Singles, chosen: Ints, place: Small, graph: Graph) -> None:
    """What is in the graph was looked at already."""
    for at in range(len(tile)):
        for edge in range(graph.start[chosen[at]], graph.start[chosen[at] + 1]):
            j = place[graph.column[edge]]
            if 0 <= j < tile.shape[1]:
                tile[at, j] = -1


def stable_plan(problem: Problem, graph: Graph) -> tuple[int, int]:
    """Score and number of pairs of the plan that nobody would block."""
    state = State(
        np.zeros(len(graph.start) - 1, np.int64),
        np.zeros(len(graph.column_start) - 1, np.int64),
        np.zeros(len(graph.row), np.uint8),
    )
    blockers = Blockers(problem)
    while True:
        state.taken[:] = 0
        order = np.argsort(-graph.weight, kind="stable")
        rows, columns = (places.copy() for places in problem.places)
        take_best_first(order, graph, rows, columns, state.taken)
        found, _ = blockers.find(graph, state)
        if not len(found):
            return int(graph.weight[state.taken == 1].sum()), int(state.taken.sum())
        graph, state = extend(graph, state, found[:, 0], found[:, 1], found[:, 3])


def stability(problem: Problem, solved: Solved) -> Stability:
    problem.watch.tell("stability")
    graph = solved.graph._replace(weight=solved.graph.weight - problem.extra)
    found, count = Blockers(problem).find(graph, solved.state)
    large = found[found[:, 2] >= MATERIAL]
    large = large[np.argsort(-large[:, 2], kind="stable")][:SHOWN]
    encoded = problem.encoded
    score, pairs = stable_plan(problem, graph)
    return Stability(
        int(count[0]),
        int(count[1]),
        np.column_stack([encoded.mentees[large[:, 0]], encoded.mentors[large[:, 1]]]),
        score,
        pairs,
        solved.score(problem.extra) - score,
    )
