"""Mentees bid for places: a fast way to good prices and most of the pairs."""

from typing import Any, NamedTuple

import numpy as np

from mentoring.matching.engine.arrays import Ints, Small
from mentoring.matching.engine.graph import Graph, State
from mentoring.matching.engine.kernel import kernel

COARSE, MEDIUM, FINEST = 8192, 2048, 128


class Places(NamedTuple):
    """The places of mentors: which pair holds each, and for what bid."""

    start: Ints
    edge: Small
    bid: Ints
    degree: Ints
    capacity: Ints


@kernel
def two_best(graph: Graph, state: State, row: int, extra: int) -> tuple[int, Any, Any]:
    """The best pair not taken, what it is worth at its price, and the second worth."""
    best, second, found = np.int64(0), np.int64(0), -1
    for edge in range(graph.start[row], graph.start[row + 1]):
        worth = graph.weight[edge] - extra - state.v[graph.column[edge]]
        if worth <= second or state.taken[edge] == 1:
            continue
        if worth > best:
            second, best, found = best, worth, edge
        else:
            second = worth
    return found, best, second


@kernel
def least(places: Places, column: int) -> Any:
    """The place of a mentor with the lowest bid."""
    first = places.start[column]
    lowest = first
    for at in range(first + 1, first + places.degree[column]):
        if places.bid[at] < places.bid[lowest]:
            lowest = at
    return lowest


@kernel
def bid(graph: Graph, state: State, places: Places, row: int, eps: int, extra: int) -> int:
    """One bid: who loses the place to it, -1 if nobody, -2 if there is nothing to gain."""
    edge, best, second = two_best(graph, state, row, extra)
    if edge < 0:
        return -2
    column = graph.column[edge]
    price = state.v[column] + best - second + eps
    full = places.degree[column] == places.capacity[column]
    if full and price <= state.v[column]:
        return -2
    at, loser = places.start[column] + places.degree[column], -1
    if full:
        at = least(places, column)
        loser = graph.row[places.edge[at]]
        state.taken[places.edge[at]] = 0
    else:
        places.degree[column] += 1
    places.edge[at], places.bid[at] = edge, price
    state.taken[edge] = 1
    if places.degree[column] == places.capacity[column]:
        state.v[column] = max(state.v[column], places.bid[least(places, column)])
    return loser


@kernel
def auction(
    graph: Graph, state: State, rows: Ints, places: Places, eps: int, budget: int, extra: int
) -> int:
    """Bid until nobody wants to, or until about `budget` edges were looked at.

    Weights count without what is `extra` in each: who lost to others in a shortage would bid all
    of it away in small steps.
    """
    waiting = np.empty(rows.sum() + 1, np.int32)
    size, spent = 0, 0
    for row in range(len(rows) - 1, -1, -1):
        for _ in range(rows[row]):
            waiting[size] = row
            size += 1
    while size > 0 and spent < budget:
        size -= 1
        row = waiting[size]
        spent += graph.start[row + 1] - graph.start[row]
        loser = bid(graph, state, places, row, eps, extra)
        if loser >= 0:
            waiting[size] = loser
            size += 1
    return spent


@kernel
def settle_rows(graph: Graph, state: State) -> None:
    """Exact prices of mentees for the mentors' prices; pairs that do not hold are let go."""
    for row in range(len(state.u)):
        most = np.int64(0)
        for edge in range(graph.start[row], graph.start[row + 1]):
            if state.taken[edge] == 0:
                most = max(most, graph.weight[edge] - state.v[graph.column[edge]])
        state.u[row] = most
        for edge in range(graph.start[row], graph.start[row + 1]):
            if graph.weight[edge] - state.v[graph.column[edge]] < most:
                state.taken[edge] = 0


def places(columns: Ints) -> Places:
    start = np.concatenate([[0], np.cumsum(columns)]).astype(np.int64)
    size = int(start[-1])
    return Places(
        start,
        np.empty(size, np.int32),
        np.zeros(size, np.int64),
        np.zeros(len(columns), np.int64),
        columns,
    )


def reduce(graph: Graph, state: State, rows: Ints, columns: Ints) -> None:
    """A single auction without a margin, from free mentors, for a bounded time."""
    auction(graph, state, rows, places(columns), 0, 4 * len(graph.row) + 1, 0)
    settle_rows(graph, state)


def scaled(
    graph: Graph, state: State, rows: Ints, columns: Ints, coarse: int, extra: int = 0
) -> bool:
    """Auctions with ever finer margins, each from a little below the prices before.

    Whether there are free places in the end that still have a price.
    """
    eps, dear = coarse, False
    while eps >= FINEST:
        np.maximum(state.v - 4 * eps, 0, out=state.v)
        state.taken[:] = 0
        held = places(columns)
        auction(graph, state, rows, held, eps, 2**62, extra)
        eps //= 4
        free = held.degree < columns
        dear = bool(np.any(state.v[free] > 0))
        if eps >= FINEST:
            state.v[free] = 0
    settle_rows(graph, state)
    return dear
