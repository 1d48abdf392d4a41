"""Holds the prices against all allowed pairs, also those that were never in the graph."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from mentoring.matching.engine.arrays import Bools, Ints, Singles
from mentoring.matching.engine.encode import Encoded, take_columns
from mentoring.matching.engine.graph import Graph, State
from mentoring.matching.engine.kernel import kernel
from mentoring.matching.engine.scoring import TILE_COLUMNS, Candidates, Step, product
from mentoring.matching.engine.tiles import finish_tile, replace_worst

NEAR = 10_000
MOST = 16
ROWS = 256


Part = tuple[Ints, Ints, Ints]


class Found(NamedTuple):
    """Pairs left out of the graph that are worth at least their prices."""

    row: Ints
    column: Ints
    weight: Ints  # the score, without what a pair counts besides
    excess: Ints  # above the prices; zero is a tie
    cut: Ints  # mentees who had more of them than were kept


class Bars(NamedTuple):
    """Prices in the order of a block."""

    u: Ints
    v: Ints
    floor: int
    margin: int


@kernel
def has_edge(graph: Graph, row: int, column: int) -> Any:
    low, high = graph.start[row], graph.start[row + 1]
    while low < high:
        middle = (low + high) // 2
        if graph.column[middle] < column:
            low = middle + 1
        else:
            high = middle
    return low < graph.start[row + 1] and graph.column[low] == column


@kernel
def look(
    tile: Singles, chosen: Ints, names: Ints, bars: Bars, graph: Graph, kept: Ints, seen: Ints
) -> None:
    """Keep each mentee's pairs with the largest excess, and count them."""
    for at in range(len(tile)):
        for j in range(tile.shape[1]):
            score = np.int64(tile[at, j])
            excess = score - bars.u[at] - bars.v[j]
            if excess < -bars.margin or score < bars.floor:
                continue
            if has_edge(graph, chosen[at], names[j]):
                continue
            seen[at] += 1
            entry = ((excess + bars.margin) << 32) | names[j]
            if entry > kept[at, 0]:
                replace_worst(kept[at], entry)


def unsettled(kept: Candidates, prices: State, rows: Ints, margin: int) -> tuple[Ints, Ints]:
    """Of these mentees and all mentors, those of whom a pair left out might be found.

    The mentees with the most room come first, the cheapest mentors first. Mentees who lost to
    others in a shortage have a price below zero here, so that any price of a mentor may be too
    low for them.
    """
    u, v = prices.u, prices.v
    rows = rows[kept.row_bound[rows] + margin >= np.maximum(u[rows], 0)]
    if not len(rows):
        return rows, rows
    least = min(0, int(u[rows].min()))
    columns = np.flatnonzero(kept.column_bound + margin >= v + least)
    columns = columns[kept.column_bound[columns] >= 0]
    rows = rows[kept.row_bound[rows] >= 0]
    rows = rows[np.argsort(u[rows] - kept.row_bound[rows], kind="stable")]
    return rows, columns[np.argsort(v[columns], kind="stable")]


class Certifier:
    """Looks for what the graph lacks.

    After the first look, what is outside the graph is worth at least NEAR less than its prices
    were then; later looks only go where prices have fallen by more than that.
    """

    def __init__(self, encoded: Encoded, kept: Candidates, floor: int, step: Step) -> None:
        self.encoded, self.kept, self.floor, self.step = encoded, kept, floor, step
        self.buffer = np.empty(ROWS * TILE_COLUMNS, np.float32)
        self.common = np.zeros(TILE_COLUMNS, np.uint64)
        self.first: State | None = None
        self.open = np.full(len(encoded.mentees), True)  # not all was looked at

    def find(self, graph: Graph, prices: State) -> Found:
        """Pairs outside the graph worth their prices (u without the lift), or nearly so."""
        if self.first is None:
            found = gather(self.look_at(graph, prices, self.open, NEAR), prices, NEAR)
            self.first = State(prices.u.copy(), prices.v.copy(), prices.taken)
            self.open = np.full(len(prices.u), False)
            self.open[found.cut] = True
            return found
        parts = self.look_at(graph, prices, self.open, 0)
        for rows, columns in self.fallen(prices, self.first):
            part = unsettled(self.kept, prices, rows, 0)
            part = part[0], part[1][columns[part[1]]]
            if len(part[0]) and len(part[1]):
                parts += self.blocks(graph, prices, part, 0)
        return gather(parts, prices, 0)

    def look_at(self, graph: Graph, prices: State, which: Bools, margin: int) -> list[Part]:
        """At all pairs of these mentees that their bounds do not settle."""
        parts = []
        for rows in (
            np.flatnonzero(which & (prices.u >= 0)),
            np.flatnonzero(which & (prices.u < 0)),
        ):
            part = unsettled(self.kept, prices, rows, margin)
            if len(part[0]) and len(part[1]):
                parts += self.blocks(graph, prices, part, margin)
        return parts

    def fallen(self, prices: State, first: State) -> Iterator[tuple[Ints, Bools]]:
        """Mentees, and mentors with whom the prices have fallen enough to matter."""
        less, other = prices.u - first.u, prices.v - first.v
        rows = np.flatnonzero(~self.open & (less + other.min() < -NEAR))
        rows = rows[np.argsort(less[rows], kind="stable")]
        for low in range(0, len(rows), ROWS):
            chosen = rows[low : low + ROWS]
            yield chosen, less[chosen[0]] + other < -NEAR

    def blocks(
        self, graph: Graph, prices: State, people: tuple[Ints, Ints], margin: int
    ) -> list[Part]:
        rows, columns = people
        right, side = take_columns(self.encoded, columns)
        cheap = prices.v[columns]
        sides = (self.encoded.rows, side, self.encoded.limits)
        parts = []
        for low in range(0, len(rows), ROWS):
            self.step(low, len(rows))
            chosen = rows[low : low + ROWS]
            best = np.full((len(chosen), MOST), -1, np.int64)
            seen = np.zeros(len(chosen), np.int64)
            room = self.kept.row_bound[chosen] - prices.u[chosen] + margin
            wide = int(np.searchsorted(cheap, room.max(), side="right"))
            for first in range(0, wide, TILE_COLUMNS):
                last = min(first + TILE_COLUMNS, wide)
                tile = product(self.encoded.left[chosen], right[first:last], self.buffer)
                finish_tile(tile, chosen, first, sides, self.common)
                bars = Bars(prices.u[chosen], cheap[first:last], self.floor, margin)
                look(tile, chosen, columns[first:last], bars, graph, best, seen)
            parts.append((chosen, best, seen))
        return parts


def gather(parts: list[Part], prices: State, margin: int) -> Found:
    none = (np.zeros(0, np.int64), np.zeros((0, MOST), np.int64), np.zeros(0, np.int64))
    chosen, best, seen = (
        np.concatenate([none[at], *(part[at] for part in parts)]) for at in range(3)
    )
    at, entry = np.nonzero(best >= 0)
    row, value = chosen[at], best[at, entry]
    column, excess = value & 0xFFFFFFFF, (value >> 32) - margin
    weight = excess + prices.u[row] + prices.v[column]
    return Found(row, column, weight, excess, chosen[seen > MOST])
