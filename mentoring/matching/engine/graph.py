"""The sparse graph of pairs worth looking at, and the state of a solution on it."""

from typing import NamedTuple

import numpy as np

from mentoring.matching.engine.arrays import Ints, Marks, Small
from mentoring.matching.engine.kernel import kernel
from mentoring.matching.engine.tiles import LOW


class Graph(NamedTuple):
    """Edges by mentee, each mentee's sorted by mentor, and the same edges by mentor."""

    start: Ints
    column: Small
    row: Small
    weight: Ints
    column_start: Ints
    column_edge: Small
    column_row: Small


class State(NamedTuple):
    """Prices of both sides and the pairs taken; every array is changed in place."""

    u: Ints
    v: Ints
    taken: Marks


@kernel
def by(ends: Small, people: int) -> tuple[Ints, Small]:
    """The edges of each person, in the order of the edges."""
    start = np.zeros(people + 1, np.int64)
    for edge in range(len(ends)):
        start[ends[edge] + 1] += 1
    for who in range(people):
        start[who + 1] += start[who]
    place = start[:-1].copy()
    edges = np.empty(len(ends), np.int32)
    for edge in range(len(ends)):
        who = ends[edge]
        edges[place[who]] = edge
        place[who] += 1
    return start, edges


def build(row: Small, column: Small, weight: Ints, n: int, m: int) -> Graph:
    """A graph from edges by mentee, each mentee's sorted by mentor."""
    start = np.searchsorted(row, np.arange(n + 1)).astype(np.int64)
    column_start, column_edge = by(column, m)
    return Graph(start, column, row, weight, column_start, column_edge, row[column_edge])


@kernel
def counted(rows: Ints, columns: Ints, floor: int) -> tuple[Ints, Ints]:
    """Where each mentee's edges will begin, and the worst entry of each list of a mentee."""
    start = np.zeros(len(rows) + 1, np.int64)
    worst = np.empty(len(rows), np.int64)
    for who in range(len(rows)):
        worst[who] = rows[who].min()
        for entry in rows[who]:
            start[who + 1] += entry >> 32 >= floor
    for who in range(len(columns)):
        for entry in columns[who]:
            mentee = LOW - (entry & LOW)
            seen = ((entry >> 32) << 32) | (LOW - who)
            if entry >> 32 >= floor and seen < worst[mentee]:
                start[mentee + 1] += 1
    for who in range(len(rows)):
        start[who + 1] += start[who]
    return start, worst


@kernel
def pack(rows: Ints, columns: Ints, floor: int, worst: Ints, packed: Ints, place: Ints) -> None:
    """Every mentee's edges as numbers whose order is the one of mentors."""
    for who in range(len(rows)):
        for entry in rows[who]:
            if entry >> 32 >= floor:
                packed[place[who]] = ((LOW - (entry & LOW)) << 32) | (entry >> 32)
                place[who] += 1
    for who in range(len(columns)):
        for entry in columns[who]:
            mentee = LOW - (entry & LOW)
            seen = ((entry >> 32) << 32) | (LOW - who)
            if entry >> 32 >= floor and seen < worst[mentee]:
                packed[place[mentee]] = (np.int64(who) << 32) | (entry >> 32)
                place[mentee] += 1


@kernel
def union(rows: Ints, columns: Ints, floor: int) -> tuple[Small, Small, Ints]:
    """Edges of both sides' lists in order; what both list is taken once."""
    start, worst = counted(rows, columns, floor)
    packed = np.empty(start[-1], np.int64)
    pack(rows, columns, floor, worst, packed, start[:-1].copy())
    row, column = np.empty(len(packed), np.int32), np.empty(len(packed), np.int32)
    for who in range(len(rows)):
        packed[start[who] : start[who + 1]].sort()
        row[start[who] : start[who + 1]] = who
    for edge in range(len(packed)):
        column[edge] = packed[edge] >> 32
        packed[edge] &= LOW
    return row, column, packed


def core(lists: tuple[Ints, Ints], floor: int) -> Graph:
    """Both sides' lists as one graph."""
    return build(*union(*lists, floor), len(lists[0]), len(lists[1]))


@kernel
def merged(
    graph: Graph, taken: Marks, row: Ints, column: Ints, weight: Ints
) -> tuple[Small, Small, Ints, Marks]:
    """Two lists of edges in order as one; the new ones are not taken."""
    size, old, new = len(graph.row) + len(row), 0, 0
    rows, columns = np.empty(size, np.int32), np.empty(size, np.int32)
    weights, marks = np.empty(size, np.int64), np.zeros(size, np.uint8)
    for at in range(size):
        if new < len(row) and (
            old == len(graph.row)
            or row[new] < graph.row[old]
            or (row[new] == graph.row[old] and column[new] < graph.column[old])
        ):
            rows[at], columns[at], weights[at] = row[new], column[new], weight[new]
            new += 1
        else:
            rows[at], columns[at] = graph.row[old], graph.column[old]
            weights[at], marks[at] = graph.weight[old], taken[old]
            old += 1
    return rows, columns, weights, marks


def extend(
    graph: Graph, state: State, row: Ints, column: Ints, weight: Ints
) -> tuple[Graph, State]:
    """More edges, none of which is there already; who is taken stays so."""
    order = np.lexsort((column, row))
    new = row[order], column[order], weight[order]
    rows, columns, weights, taken = merged(graph, state.taken, *new)
    return build(rows, columns, weights, len(state.u), len(state.v)), state._replace(taken=taken)


def fresh(graph: Graph) -> State:
    """Nobody is matched and mentors are free of charge."""
    n, m = len(graph.start) - 1, len(graph.column_start) - 1
    return State(np.zeros(n, np.int64), np.zeros(m, np.int64), np.zeros(len(graph.row), np.uint8))


@kernel
def degrees(graph: Graph, state: State) -> tuple[Ints, Ints]:
    """How many pairs everybody is in."""
    rows, columns = np.zeros(len(state.u), np.int64), np.zeros(len(state.v), np.int64)
    for edge in range(len(graph.row)):
        if state.taken[edge] == 1:
            rows[graph.row[edge]] += 1
            columns[graph.column[edge]] += 1
    return rows, columns
