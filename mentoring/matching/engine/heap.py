"""A heap of nodes by distance, with places, for the shortest paths."""

from typing import Any, NamedTuple

import numpy as np

from mentoring.matching.engine.arrays import Ints, Small
from mentoring.matching.engine.kernel import kernel

FAR = np.int64(2**62)
UNSEEN = -1
DONE = -2


class Memory(NamedTuple):
    """Working memory of searches; clean between two of them."""

    distance: Ints
    parent: Small  # the edge by which a node was reached
    heap: Small
    place: Small
    touched: Small
    size: Ints  # of the heap, of touched, edges looked at
    best: Ints  # least cost of an end, and that end


def memory(nodes: int) -> Memory:
    return Memory(
        np.full(nodes, FAR),
        np.full(nodes, -1, np.int32),
        np.empty(nodes, np.int32),
        np.full(nodes, UNSEEN, np.int32),
        np.empty(nodes, np.int32),
        np.zeros(3, np.int64),
        np.zeros(2, np.int64),
    )


@kernel
def rise(m: Memory, at: int) -> None:
    node = m.heap[at]
    mine = m.distance[node]
    while at > 0:
        above = (at - 1) // 2
        other = m.heap[above]
        if m.distance[other] <= mine:
            break
        m.heap[at] = other
        m.place[other] = at
        at = above
    m.heap[at] = node
    m.place[node] = at


@kernel
def sink(m: Memory, at: int) -> None:
    node = m.heap[at]
    mine, size = m.distance[node], m.size[0]
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and m.distance[m.heap[child + 1]] < m.distance[m.heap[child]]:
            child += 1
        other = m.heap[child]
        if m.distance[other] >= mine:
            break
        m.heap[at] = other
        m.place[other] = at
        at = child
    m.heap[at] = node
    m.place[node] = at


@kernel
def reach(m: Memory, node: int, distance: Any, edge: Any) -> None:
    """A way to a node, if it is the shortest so far and can still matter."""
    if distance >= m.best[0] or distance >= m.distance[node]:
        return
    if m.distance[node] == FAR:
        m.touched[m.size[1]] = node
        m.size[1] += 1
    m.distance[node] = distance
    m.parent[node] = edge
    if m.place[node] < 0:
        m.place[node] = m.size[0]
        m.heap[m.size[0]] = node
        m.size[0] += 1
    rise(m, m.place[node])


@kernel
def nearest(m: Memory) -> Any:
    """Take the nearest node out."""
    node = m.heap[0]
    m.size[0] -= 1
    m.place[node] = DONE
    if m.size[0] > 0:
        m.heap[0] = m.heap[m.size[0]]
        sink(m, 0)
    return node


@kernel
def clean(m: Memory) -> None:
    for at in range(m.size[1]):
        node = m.touched[at]
        m.distance[node] = FAR
        m.place[node] = UNSEEN
    m.size[0] = 0
    m.size[1] = 0
