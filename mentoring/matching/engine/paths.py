"""Shortest paths that repair a solution without ever losing what is proven.

Kept true throughout, for weights w and prices u, v ≥ 0: a pair not taken has w ≤ u + v, a taken
one w ≥ u + v. A search starts at a person of the side “a” who has a place left but a price above
zero; it ends at a free place on the side “b”, or at somebody of “a” who gives a place up because
that costs nothing more. Called with the sides swapped it does the same for the other side.
"""

from typing import NamedTuple

import numpy as np

from mentoring.matching.engine.arrays import Ints, Marks, Small
from mentoring.matching.engine.graph import Graph, State, degrees
from mentoring.matching.engine.heap import Memory, clean, memory, nearest, reach
from mentoring.matching.engine.kernel import kernel


class Half(NamedTuple):
    """One side as the search sees it."""

    start: Ints
    partner: Small
    edge: Small
    price: Ints
    capacity: Ints
    degree: Ints


class Edges(NamedTuple):
    """Edges, and the taken ones of each person of the side “b”."""

    weight: Ints
    taken: Marks
    a: Small
    b: Small
    slot_start: Ints
    slot: Small


@kernel
def look_from_a(node: int, a: Half, b: Half, edges: Edges, m: Memory) -> None:
    """Ways from one of “a” over pairs that are not taken."""
    here = m.distance[node]
    if here + a.price[node] < m.best[0]:
        m.best[0], m.best[1] = here + a.price[node], node
    here += a.price[node]
    people = len(a.price)
    m.size[2] += a.start[node + 1] - a.start[node]
    for at in range(a.start[node], a.start[node + 1]):
        edge, other = a.edge[at], a.partner[at]
        there = here + b.price[other] - edges.weight[edge]
        if there >= m.best[0] or edges.taken[edge] == 1:
            continue
        if b.degree[other] < b.capacity[other]:
            m.best[0], m.best[1] = there, people + other
            m.parent[people + other] = edge
        else:
            reach(m, people + other, there, edge)


@kernel
def look_from_b(node: int, a: Half, b: Half, edges: Edges, m: Memory) -> None:
    """Ways from one of “b” back over pairs that are taken."""
    other = node - len(a.price)
    here = m.distance[node] - b.price[other]
    for at in range(edges.slot_start[other], edges.slot_start[other] + b.degree[other]):
        edge = edges.slot[at]
        partner = edges.a[edge]
        reach(m, partner, here + edges.weight[edge] - a.price[partner], edge)


@kernel
def search(source: int, a: Half, b: Half, edges: Edges, m: Memory) -> None:
    m.best[0], m.best[1] = a.price[source], source
    reach(m, source, np.int64(0), np.int32(-1))
    people = len(a.price)
    while m.size[0] > 0 and m.distance[m.heap[0]] < m.best[0]:
        node = nearest(m)
        if node < people:
            look_from_a(node, a, b, edges, m)
        else:
            look_from_b(node, a, b, edges, m)


@kernel
def shift(a: Half, b: Half, m: Memory) -> None:
    """Lower the prices of “a” and raise those of “b” by what the search has proven."""
    people = len(a.price)
    for at in range(m.size[1]):
        node = m.touched[at]
        by = m.best[0] - m.distance[node]
        if by > 0 and node < people:
            a.price[node] -= by
        elif by > 0:
            b.price[node - people] += by


@kernel
def swap_slot(edges: Edges, person: int, degree: int, old: int, new: int) -> None:
    for at in range(edges.slot_start[person], edges.slot_start[person] + degree):
        if edges.slot[at] == old:
            edges.slot[at] = new
            return


@kernel
def take_path(source: int, a: Half, b: Half, edges: Edges, m: Memory) -> None:
    """Take the pairs of the path that were free, free those that were taken."""
    people, end = len(a.price), m.best[1]
    if end == source:
        return
    a.degree[source] += 1
    if end < people:
        a.degree[end] -= 1
        lost = m.parent[end]
        edges.taken[lost] = 0
        end = people + edges.b[lost]
    else:
        free = end - people
        edges.slot[edges.slot_start[free] + b.degree[free]] = -1
        b.degree[free] += 1
        lost = np.int32(-1)
    while True:
        new = m.parent[end]
        edges.taken[new] = 1
        swap_slot(edges, end - people, b.degree[end - people], lost, new)
        who = edges.a[new]
        if who == source:
            return
        lost = m.parent[who]
        edges.taken[lost] = 0
        end = people + edges.b[lost]


@kernel
def repair(first: int, a: Half, b: Half, edges: Edges, m: Memory, budget: int) -> int:
    """Repair everybody of “a” from `first` on, until about `budget` edges were looked at."""
    m.size[2] = 0
    for source in range(first, len(a.price)):
        while a.degree[source] < a.capacity[source] and a.price[source] > 0:
            if m.size[2] > budget:
                return source
            search(source, a, b, edges, m)
            shift(a, b, m)
            take_path(source, a, b, edges, m)
            clean(m)
    return len(a.price)


@kernel
def slots(ends: Small, room: Ints, taken: Marks) -> tuple[Ints, Small]:
    """The taken edges of each person of one side, who has so much room for them."""
    start = np.zeros(len(room) + 1, np.int64)
    for who in range(len(room)):
        start[who + 1] = start[who] + room[who]
    slot = np.full(start[-1], -1, np.int32)
    place = start[:-1].copy()
    for edge in range(len(ends)):
        if taken[edge] == 1:
            slot[place[ends[edge]]] = edge
            place[ends[edge]] += 1
    return start, slot


class Repair:
    """One side's repair, which can be stopped and taken up again."""

    def __init__(self, graph: Graph, state: State, rows: Ints, columns: Ints) -> None:
        self.graph, self.state, self.capacity = graph, state, (rows, columns)
        self.memory: Memory | None = None
        self.next = 0

    def sides(self, mentees: bool, degree: tuple[Ints, Ints]) -> tuple[Half, Half, Edges]:
        graph, state = self.graph, self.state
        edge = np.arange(len(graph.row), dtype=np.int32)
        left = Half(graph.start, graph.column, edge, state.u, self.capacity[0], degree[0])
        right = Half(
            graph.column_start,
            graph.column_row,
            graph.column_edge,
            state.v,
            self.capacity[1],
            degree[1],
        )
        a, b = (left, right) if mentees else (right, left)
        ends = (graph.row, graph.column) if mentees else (graph.column, graph.row)
        start, slot = slots(ends[1], np.maximum(b.capacity, b.degree), state.taken)
        return a, b, Edges(graph.weight, state.taken, *ends, start, slot)

    def run(self, mentees: bool, budget: int) -> bool:
        """Whether the side is whole; if not, call again."""
        degree = degrees(self.graph, self.state)
        price = self.state.u if mentees else self.state.v
        at = 0 if mentees else 1
        if not np.any((degree[at] < self.capacity[at]) & (price > 0)):
            self.next = 0
            return True
        if self.memory is None:
            self.memory = memory(len(degree[0]) + len(degree[1]))
        a, b, edges = self.sides(mentees, degree)
        self.next = repair(self.next, a, b, edges, self.memory, budget)
        whole = self.next == len(a.price)
        if whole:
            self.next = 0
        return whole
