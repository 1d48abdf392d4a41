"""The sparse graph of pairs worth looking at, and the state of a solution on it."""

from typing import NamedTuple

import numpy as np

from mentoring.matching.engine.arrays import Ints, Marks, Small
from mentoring.matching.engine.kernel import kernel
from mentoring.matching.engine.scoring import Candidates
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
    """A graph from edges in any order, none of them twice."""
    by_column = by(column, m)[1]
    order = by_column[by(row[by_column], n)[1]]
    row, column, weight = row[order], column[order], weight[order]
    start = np.searchsorted(row, np.arange(n + 1)).astype(np.int64)
    column_start, column_edge = by(column, m)
    return Graph(start, column, row, weight, column_start, column_edge, row[column_edge])


@kernel
def union(rows: Ints, columns: Ints, floor: int) -> tuple[Small, Ints]:
    """Edges of both sides' lists; what both list is taken once."""
    found = np.empty((rows.size + columns.size, 2), np.int32)
    weight = np.empty(len(found), np.int64)
    worst = np.empty(len(rows), np.int64)
    count = 0
    for who in range(len(rows)):
        worst[who] = rows[who].min()
        for entry in rows[who]:
            if entry >> 32 >= floor:
                found[count, 0], found[count, 1] = who, LOW - (entry & LOW)
                weight[count] = entry >> 32
                count += 1
    for who in range(len(columns)):
        for entry in columns[who]:
            mentee = LOW - (entry & LOW)
            seen = ((entry >> 32) << 32) | (LOW - who)
            if entry >> 32 >= floor and seen < worst[mentee]:
                found[count, 0], found[count, 1] = mentee, who
                weight[count] = entry >> 32
                count += 1
    return found[:count].copy(), weight[:count].copy()


def core(candidates: Candidates, floor: int) -> Graph:
    """Both sides' lists as one graph."""
    found, weight = union(candidates.rows, candidates.columns, floor)
    n, m = len(candidates.rows), len(candidates.columns)
    row, column = np.ascontiguousarray(found[:, 0]), np.ascontiguousarray(found[:, 1])
    return build(row, column, weight, n, m)


def extend(
    graph: Graph, state: State, row: Ints, column: Ints, weight: Ints
) -> tuple[Graph, State]:
    """More edges, none of which is there already; who is taken stays so."""
    n, m = len(graph.start) - 1, len(graph.column_start) - 1
    rows = np.concatenate([graph.row, row.astype(np.int32)])
    columns = np.concatenate([graph.column, column.astype(np.int32)])
    weights = np.concatenate([graph.weight, weight])
    taken = np.concatenate([state.taken, np.zeros(len(row), np.uint8)])
    by_column = by(columns, m)[1]
    order = by_column[by(rows[by_column], n)[1]]
    return build(rows, columns, weights, n, m), state._replace(taken=taken[order])


def fresh(graph: Graph) -> State:
    """Nobody is matched and mentors are free of charge."""
    n, m = len(graph.start) - 1, len(graph.column_start) - 1
    return State(np.zeros(n, np.int64), np.zeros(m, np.int64), np.zeros(len(graph.row), np.uint8))


def degrees(graph: Graph, state: State) -> tuple[Ints, Ints]:
    chosen = state.taken == 1
    return (
        np.bincount(graph.row[chosen], minlength=len(state.u)).astype(np.int64),
        np.bincount(graph.column[chosen], minlength=len(state.v)).astype(np.int64),
    )
