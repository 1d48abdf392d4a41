"""Holds the prices against all allowed pairs, also those that were never in the graph."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from mentoring.matching.engine.arrays import Ints, Small
from mentoring.matching.engine.encode import take_columns
from mentoring.matching.engine.graph import Graph, State
from mentoring.matching.engine.looking import (
    ROWS,
    Desk,
    Found,
    Job,
    Looker,
    Mentors,
    Part,
    gather,
    once,
    unsettled,
)

NEAR = 10_000  # what is worth nearly its prices is remembered...
NEAR_WHEN_TIGHT = 30_000
CLOSE = 10_000  # ...and what is closer comes into the graph
MANY = 16  # when a share as large would have to be looked at again, everything is
CLOSER = 3_000  # when prices have nearly settled


class Reserve(NamedTuple):
    """Pairs that may become worth their prices while these settle."""

    row: Small
    column: Small
    weight: Small


class Fallen(NamedTuple):
    """Mentees and mentors whose prices have fallen since everything was looked at."""

    rows: Ints  # those with the most room first
    columns: Ints
    less: Ints  # by how much, per mentee and with the slack
    other: Ints  # and per mentor
    pairs: int


class Certifier:
    """Looks for what the graph lacks.

    After a look at everything, what is neither in the graph nor in the reserve is worth less than
    its prices were then, by more than a slack of each mentee's own. The reserve is asked first;
    later looks only go where prices have fallen by more than the slack.
    """

    def __init__(self, looker: Looker) -> None:
        self.looker = looker
        self.first: State | None = None
        self.near = NEAR_WHEN_TIGHT if looker.encoded.tight else NEAR
        self.slack = np.full(len(looker.encoded.mentees), self.near)
        self.reserve = Reserve(*(np.zeros(0, np.int32) for _ in range(3)))

    def find(self, graph: Graph, prices: State) -> Found:
        """Pairs outside the graph worth their prices (u without the lift), or nearly so."""
        if self.first is None:
            return self.look_all(graph, prices)
        fallen = self.fallen(prices, self.first)
        if fallen.pairs > len(prices.u) * len(prices.v) // MANY:
            return self.look_all(graph, prices)
        known = self.ask_reserve(prices)
        if np.any(known.excess > 0):
            return known
        parts = self.looker.run(list(self.jobs(graph, prices, fallen)))
        return once(known, gather(parts, prices, 0), len(prices.v))

    def look_all(self, graph: Graph, prices: State) -> Found:
        """At everything, with a slack that is new for everybody."""
        self.slack[:] = self.near
        everybody = np.full(len(prices.u), True)
        found = gather(self.looker.look_at(graph, prices, everybody, self.near), prices, self.near)
        self.first = State(prices.u.copy(), prices.v.copy(), prices.taken)
        least = np.full(len(prices.u), np.iinfo(np.int64).max)
        np.minimum.at(least, found.row, found.excess)
        self.slack[found.cut] = -least[found.cut] - 1
        three = found.row, found.column, found.weight
        self.reserve = Reserve(*(each.astype(np.int32) for each in three))
        return self.take(found.excess, CLOSE)._replace(cut=found.cut[self.slack[found.cut] < 0])

    def ask_reserve(self, prices: State) -> Found:
        excess = self.reserve.weight - prices.u[self.reserve.row] - prices.v[self.reserve.column]
        return self.take(excess, CLOSER if np.any(excess > 0) else 0)

    def take(self, excess: Ints, margin: int) -> Found:
        """Out of the reserve, what comes close enough."""
        near = excess >= -margin
        row, column, weight = (each[near].astype(np.int64) for each in self.reserve)
        self.reserve = Reserve(*(each[~near] for each in self.reserve))
        return Found(row, column, weight, excess[near], np.zeros(0, np.int64))

    def fallen(self, prices: State, first: State) -> Fallen:
        less, other = prices.u - first.u + self.slack, prices.v - first.v
        most = int(other.min()) if len(other) else 0
        rows = np.flatnonzero(less + most < 0)
        rows, columns = unsettled(self.looker.kept, prices, rows, 0)
        rows = rows[np.argsort(less[rows], kind="stable")]
        pairs = np.searchsorted(np.sort(other[columns]), -less[rows])
        return Fallen(rows, columns, less, other, int(pairs.sum()))

    def jobs(self, graph: Graph, prices: State, fallen: Fallen) -> Iterator[Job]:
        """Where the prices have fallen by so much together that it matters."""

        def job(chosen: Ints, desk: Desk) -> Part:
            most = fallen.less[chosen[0]]
            columns = fallen.columns[most + fallen.other[fallen.columns] < 0]
            mentors = Mentors(columns, *take_columns(self.looker.encoded, columns))
            return self.looker.block(graph, prices, (chosen, mentors), 0, desk)

        for low in range(0, len(fallen.rows), ROWS):
            yield partial(job, fallen.rows[low : low + ROWS])
