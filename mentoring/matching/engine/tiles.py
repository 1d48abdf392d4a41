"""The compiled kernel that finishes a tile of scores and keeps the best of rows and columns.

A kept pair is one number, score in the upper half and the complement of the partner's place in
the lower, so that “better” is a total order and the answer does not depend on threads.
"""

from typing import Any, NamedTuple

import numpy as np

from mentoring.matching.engine.arrays import Ints, Marks, Singles, Word, Words
from mentoring.matching.engine.encode import ColumnSide, Limits, RowSide
from mentoring.matching.engine.kernel import kernel

LOW = 0xFFFFFFFF
BANNED = np.float32(-(2**22))


Corner = tuple[int, int]
Sides = tuple[RowSide, ColumnSide, Limits]


class Best(NamedTuple):
    """The k best of each row or column, as heaps whose first entry is the worst kept."""

    kept: Ints  # people × k
    worst: Singles


class Room(NamedTuple):
    """Working memory of one thread."""

    common: Words
    flags: Marks


@kernel
def count_bits(word: Word) -> Word:
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + (
        (word >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (word * np.uint64(0x0101010101010101)) >> np.uint64(56)


@kernel
def demand_shared(line: Singles, row_words: Words, words: Words, common: Words, first: int) -> None:
    """Ban the pairs that have no bit of these words in common."""
    size = len(line)
    common[:size] = np.uint64(0)
    for word in range(len(row_words)):
        mine = row_words[word]
        theirs = words[word]
        for j in range(size):
            common[j] |= mine & theirs[first + j]
    for j in range(size):
        line[j] = line[j] if common[j] != np.uint64(0) else BANNED


@kernel
def add_hours(line: Singles, mine: Word, hours: Words, step: int, enough: int) -> None:
    for j in range(len(line)):
        shared = int(np.int64(count_bits(mine & hours[j])))
        line[j] += np.float32(step * min(shared, enough))


@kernel
def finish_line(
    line: Singles,
    row: int,
    first: int,
    rows: RowSide,
    columns: ColumnSide,
    limits: Limits,
    common: Words,
) -> None:
    """From the matrix product to the score of one mentee with some mentors."""
    last = first + len(line)
    add_hours(
        line, rows.hours[row], columns.hours[first:last], limits.hours_step, limits.enough_hours
    )
    mine = rows.manager[row]
    manager = columns.manager[first:last]
    for j in range(len(line)):
        line[j] = BANNED if manager[j] == mine else line[j]
    for at in range(rows.patch_start[row], rows.patch_start[row + 1]):
        place = columns.place[rows.patch_column[at]] - first
        if 0 <= place < len(line):
            line[place] += rows.patch_add[at]
    for group in range(len(limits.group_start) - 1):
        low, high = limits.group_start[group], limits.group_start[group + 1]
        demand_shared(line, rows.words[row, low:high], columns.words[low:high], common, first)


@kernel
def replace_worst(heap: Ints, new: Any) -> None:
    """Put a better entry in the place of the worst kept one."""
    size = len(heap)
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= new:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = new


@kernel
def offer(best: Best, who: int, score: float, partner: int) -> None:
    replace_worst(best.kept[who], (np.int64(score) << 32) | (LOW - partner))
    best.worst[who] = np.float32(best.kept[who, 0] >> 32)


@kernel
def keep_line(
    line: Singles, row: int, first: int, best_row: Best, best_column: Best, flags: Marks
) -> None:
    """Offer what may belong to the best of its row or column; eight scores are one look."""
    size = len(line)
    bar = best_row.worst[row]
    bars = best_column.worst[first : first + size]
    for j in range(size):
        flags[j] = (line[j] > bar) | (line[j] > bars[j])
    flags[size : (size + 7) // 8 * 8] = 0
    words = flags.view(np.uint64)
    for word in range((size + 7) // 8):
        if words[word] == np.uint64(0):
            continue
        for j in range(8 * word, min(8 * word + 8, size)):
            if line[j] > best_row.worst[row]:
                offer(best_row, row, line[j], first + j)
            if line[j] > bars[j]:
                offer(best_column, first + j, line[j], row)


@kernel
def keep_best(
    tile: Singles, corner: Corner, sides: Sides, best_row: Best, best_column: Best, room: Room
) -> None:
    """Finish a tile whose first pair is `corner` and keep its best pairs."""
    rows, columns, limits = sides
    for at in range(len(tile)):
        line = tile[at]
        finish_line(line, corner[0] + at, corner[1], rows, columns, limits, room.common)
        keep_line(line, corner[0] + at, corner[1], best_row, best_column, room.flags)


@kernel
def merge_best(into: Best, other: Singles, other_kept: Ints) -> None:
    """Take over what another thread kept."""
    for who in range(len(other_kept)):
        for at in range(other_kept.shape[1]):
            if other_kept[who, at] > into.kept[who, 0]:
                replace_worst(into.kept[who], other_kept[who, at])
        into.worst[who] = np.float32(into.kept[who, 0] >> 32)


@kernel
def finish_tile(tile: Singles, chosen: Ints, first: int, sides: Sides, common: Words) -> None:
    """Finish a tile whose rows are any mentees."""
    rows, columns, limits = sides
    for at in range(len(tile)):
        finish_line(tile[at], chosen[at], first, rows, columns, limits, common)
