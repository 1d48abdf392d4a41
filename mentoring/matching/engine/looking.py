"""Looks at pairs outside the graph, and what they are worth beside the prices of the two."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from os import cpu_count
from typing import Any, NamedTuple

import numpy as np

from mentoring.matching.engine.arrays import Bools, Ints, Singles
from mentoring.matching.engine.encode import ColumnSide, Encoded, take_columns
from mentoring.matching.engine.graph import Graph, State
from mentoring.matching.engine.kernel import kernel
from mentoring.matching.engine.scoring import TILE_COLUMNS, Candidates, Step, product
from mentoring.matching.engine.tiles import finish_tile, replace_worst

MOST = 24
ROWS = 64
MOST_ROWS = 2048  # with few mentors a tile is as large with more mentees


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


class Desk:
    """What one thread works with."""

    def __init__(self) -> None:
        self.buffer = np.empty(ROWS * TILE_COLUMNS, np.float32)
        self.common = np.zeros(TILE_COLUMNS, np.uint64)


class Mentors(NamedTuple):
    """Some mentors, the cheapest first."""

    names: Ints
    right: Singles
    side: ColumnSide


Job = Callable[[Desk], Part]


class Looker:
    """Looks at those pairs of some people that the bounds of their lists do not settle."""

    def __init__(
        self,
        encoded: Encoded,
        kept: Candidates,
        floor: int,
        step: Step,
        threads: int | None = None,
    ) -> None:
        self.encoded, self.kept, self.floor, self.step = encoded, kept, floor, step
        self.threads = threads or cpu_count() or 1

    def look_at(self, graph: Graph, prices: State, which: Bools, margin: int) -> list[Part]:
        """At all pairs of these mentees that their bounds do not settle."""
        return self.run(self.jobs(graph, prices, which, margin))

    def jobs(self, graph: Graph, prices: State, which: Bools, margin: int) -> list[Job]:
        jobs: list[Job] = []
        for rows in (
            np.flatnonzero(which & (prices.u >= 0)),
            np.flatnonzero(which & (prices.u < 0)),
        ):
            jobs += self.blocks(graph, prices, unsettled(self.kept, prices, rows, margin), margin)
        return jobs

    def blocks(
        self, graph: Graph, prices: State, people: tuple[Ints, Ints], margin: int
    ) -> list[Job]:
        rows, columns = people
        if not len(rows) or not len(columns):
            return []
        mentors = Mentors(columns, *take_columns(self.encoded, columns))
        size = ROWS * min(max(TILE_COLUMNS // len(columns), 1), MOST_ROWS // ROWS)
        parts = [(rows[low : low + size], mentors) for low in range(0, len(rows), size)]
        return [partial(self.block, graph, prices, part, margin) for part in parts]

    def block(
        self,
        graph: Graph,
        prices: State,
        people: tuple[Ints, Mentors],
        margin: int,
        desk: Desk,
    ) -> Part:
        """At a few mentees, and as many mentors as are cheap enough for any of them."""
        chosen, mentors = people
        best = np.full((len(chosen), MOST), -1, np.int64)
        seen = np.zeros(len(chosen), np.int64)
        cheap = prices.v[mentors.names]
        room = self.kept.row_bound[chosen] - prices.u[chosen] + margin
        wide = int(np.searchsorted(cheap, room.max(initial=-1), side="right"))
        sides = (self.encoded.rows, mentors.side, self.encoded.limits)
        for first in range(0, wide, TILE_COLUMNS):
            last = min(first + TILE_COLUMNS, wide)
            tile = product(self.encoded.left[chosen], mentors.right[first:last], desk.buffer)
            finish_tile(tile, chosen, first, sides, desk.common)
            bars = Bars(prices.u[chosen], cheap[first:last], self.floor, margin)
            look(tile, chosen, mentors.names[first:last], bars, graph, best, seen)
        return chosen, best, seen

    def run(self, jobs: list[Job]) -> list[Part]:
        """As many at once as there are threads; the caller hears of it between two rounds."""
        parts: list[Part] = []
        many = min(self.threads, len(jobs))
        desks = [Desk() for _ in range(many)]
        if many < 2:
            for at, job in enumerate(jobs):
                self.step(at, len(jobs))
                parts.append(job(desks[0]))
            return parts
        with ThreadPoolExecutor(many) as pool:
            for first in range(0, len(jobs), many):
                self.step(first, len(jobs))
                some = jobs[first : first + many]
                parts += pool.map(lambda job, desk: job(desk), some, desks)
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


def once(first: Found, second: Found, mentors: int) -> Found:
    """What either has found."""
    row, column, weight, excess, cut = map(np.concatenate, zip(first, second, strict=True))
    _, at = np.unique(row * mentors + column, return_index=True)
    return Found(row[at], column[at], weight[at], excess[at], cut)
