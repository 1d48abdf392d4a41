"""Scores all pairs in tiles and keeps, for each person, the best partners."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count

import numpy as np

from mentoring.matching.engine.arrays import Ints, Singles
from mentoring.matching.engine.blas import one_thread
from mentoring.matching.engine.encode import ColumnSide, Encoded
from mentoring.matching.engine.tiles import Best, Room, Sides, finish_tile, keep_best, merge_best

TILE_ROWS = 128
TILE_COLUMNS = 4096
Step = Callable[[int, int], None]


@dataclass
class Candidates:
    """What is kept of all pairs, and the most that may have been left out."""

    rows: Ints  # mentees × k, score and place in one number
    columns: Ints
    row_bound: Ints  # no pair left out is worth more to this mentee
    column_bound: Ints

    def hand_over(self) -> tuple[Ints, Ints]:
        """Both sides' lists, which are held here no more: a graph is made of them once."""
        lists = self.rows, self.columns
        self.rows = self.columns = np.empty((0, 0), np.int64)
        return lists


def empty(people: int, keep: int, floor: int) -> Best:
    below = np.int64(floor - 1)
    return Best(np.full((people, keep), below << 32), np.full(people, below, np.float32))


def bound(best: Best, floor: int) -> Ints:
    """The worst kept score, or nothing below the floor where not all places are taken."""
    worst = best.kept.min(axis=1) >> 32
    return np.where(worst >= floor, worst, -1)


class Share:
    """What one thread works with: its own tile, its own lists of mentors' best."""

    def __init__(self, encoded: Encoded, best: tuple[Best, Best]) -> None:
        self.encoded, self.best = encoded, best
        self.sides: Sides = (encoded.rows, encoded.columns, encoded.limits)
        self.buffer = np.empty(TILE_ROWS * TILE_COLUMNS, np.float32)
        self.room = Room(np.zeros(TILE_COLUMNS, np.uint64), np.zeros(TILE_COLUMNS, np.uint8))

    def score(self, row: int) -> None:
        """All tiles of the stripe of mentees that begins here."""
        left = self.encoded.left[row : row + TILE_ROWS]
        for column in range(0, len(self.encoded.right), TILE_COLUMNS):
            right = self.encoded.right[column : column + TILE_COLUMNS]
            tile = product(left, right, self.buffer)
            keep_best(tile, (row, column), self.sides, *self.best, self.room)


def best_pairs(encoded: Encoded, keep: int, step: Step, threads: int | None = None) -> Candidates:
    """The `keep` best partners of everybody, over all pairs."""
    threads = threads or cpu_count() or 1
    floor, n, m = encoded.limits.floor, len(encoded.mentees), len(encoded.mentors)
    by_row = empty(n, keep, floor)
    by_column = [empty(m, keep, floor) for _ in range(threads)]
    shares = [Share(encoded, (by_row, best)) for best in by_column]
    with one_thread(), ThreadPoolExecutor(threads) as pool:
        for first in range(0, n, TILE_ROWS * threads):
            step(first, n)
            stripes = range(first, min(first + TILE_ROWS * threads, n), TILE_ROWS)
            list(pool.map(Share.score, shares, stripes))
    for other in by_column[1:]:
        merge_best(by_column[0], other.worst, other.kept)
    return Candidates(
        by_row.kept, by_column[0].kept, bound(by_row, floor), bound(by_column[0], floor)
    )


def product(left: Singles, right: Singles, buffer: Singles) -> Singles:
    tile = buffer[: len(left) * len(right)].reshape(len(left), len(right))
    np.matmul(left, right.T, out=tile)
    return tile


def score_block(encoded: Encoded, rows: Ints, right: Singles, columns: ColumnSide) -> Singles:
    """Finished scores of some mentees with prepared mentors; below the floor is not allowed."""
    tile = np.asarray(encoded.left[rows] @ right.T)
    common = np.zeros(len(right), np.uint64)
    finish_tile(tile, rows, 0, (encoded.rows, columns, encoded.limits), common)
    return tile
