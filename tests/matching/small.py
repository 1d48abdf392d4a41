"""Answers found by trying everything, for problems small enough."""

from functools import cache

import numpy as np

from mentoring.matching.engine.graph import Graph, build

Problem = tuple[np.ndarray, list[int], list[int]]


def best(weights: np.ndarray, rows: list[int], columns: list[int], extra: int = 0) -> int:
    """The largest sum of weight + extra of pairs with weight > 0, each taken at most once."""
    n, m = weights.shape

    @cache
    def pair(row: int, column: int, left: int, free: tuple[int, ...]) -> int:
        if row == n:
            return 0
        if column == m or not left:
            return pair(row + 1, 0, rows[row + 1] if row + 1 < n else 0, free)
        without = pair(row, column + 1, left, free)
        if not free[column] or weights[row, column] <= 0:
            return without
        fewer = (*free[:column], free[column] - 1, *free[column + 1 :])
        worth = int(weights[row, column]) + extra
        return max(without, worth + pair(row, column + 1, left - 1, fewer))

    return pair(0, 0, rows[0], tuple(columns))


def graph_of(weights: np.ndarray) -> Graph:
    row, column = np.nonzero(weights > 0)
    edges = weights[row, column].astype(np.int64)
    return build(row.astype(np.int32), column.astype(np.int32), edges, *weights.shape)


def drawn(seed: int, size: int = 5, most: int = 2, highest: int = 12) -> Problem:
    """A small problem with many ties, some of it far from square."""
    rng = np.random.default_rng(seed)
    n, m = rng.integers(1, size + 1, 2)
    weights = rng.integers(-highest // 2, highest, (n, m))
    rows, columns = rng.integers(1, most + 1, n), rng.integers(1, most + 1, m)
    return weights, [int(x) for x in rows], [int(x) for x in columns]
