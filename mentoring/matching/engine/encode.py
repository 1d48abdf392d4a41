"""The cohort as whole numbers: one matrix product gives score and permission together.

Every entry is an integer and the absolute terms of a sum stay below 2²⁴, so that single
precision is exact for any order of adding, any tiling and any number of threads. A broken rule
on grades or departments is an entry of -2²²; other rules are bit masks and sparse patches.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.engine.arrays import Ints, Singles, Small, Words
from mentoring.matching.engine.cohort import Cohort, People
from mentoring.matching.engine.errors import TooLarge
from mentoring.matching.engine.features import (
    ENOUGH_HALF_HOURS,
    distance,
    has_text,
    hours_step,
    pack,
    seniority_fits,
    seniority_units,
    text_levels,
    topic_shares,
    topic_strengths,
)
from mentoring.matching.engine.patches import Patches, patches
from mentoring.matching.engine.settings import POINT, Rules, Weights, floor_units, units

FORBIDDEN = -(2**22)
EXACT = 2**24
Block = tuple[NDArray[Any], NDArray[Any]]


class RowSide(NamedTuple):
    """What the tile kernel reads of mentees."""

    words: Words  # people × words
    hours: Words
    manager: Small
    patch_start: Ints
    patch_column: Small
    patch_add: Singles


class ColumnSide(NamedTuple):
    """What the tile kernel reads of mentors, in the order of the tile's columns."""

    words: Words  # words × people
    hours: Words
    manager: Small
    place: Small  # of each mentor among the columns, or -1


class Limits(NamedTuple):
    """What the tile kernel knows about all pairs."""

    group_start: Ints  # words of each “must share” rule
    hours_step: int
    enough_hours: int
    floor: int


@dataclass(frozen=True)
class Encoded:
    """People who have a place left, sorted by key, so that input order cannot matter."""

    mentees: Ints  # indexes into the cohort
    mentors: Ints
    row_capacity: Ints
    column_capacity: Ints
    left: Singles  # mentees × features
    right: Singles  # mentors × features
    rows: RowSide
    columns: ColumnSide
    limits: Limits
    highest: int  # no score is above

    @property
    def tight(self) -> bool:
        """Whether places are scarce."""
        return bool(self.column_capacity.sum() < 1.2 * self.row_capacity.sum())


def encode(cohort: Cohort, rules: Rules, weights: Weights) -> Encoded:
    """Everything that the kernels need."""
    a, row_capacity = who(cohort.mentees, cohort.locks[:, 0])
    b, column_capacity = who(cohort.mentors, cohort.locks[:, 1])
    found = patches(cohort, rules, weights, a, b)
    left, right = matrices(cohort, rules, weights, a, b)
    words, start = shared_words(cohort, rules, a, b)
    worth = units(weights)
    rows, columns = sides(cohort, a, b, words, found)
    limits = Limits(start, hours_step(worth["hours"]), ENOUGH_HALF_HOURS, floor_units(rules))
    highest = sum(worth.values()) + round(rules.bonus_for_proposed * POINT)
    return Encoded(a, b, row_capacity, column_capacity, left, right, rows, columns, limits, highest)


def who(people: People, locked: Ints) -> tuple[Ints, Ints]:
    """Who takes part, sorted by key, and how many places each has left."""
    free = people.capacity - np.bincount(locked, minlength=len(people))
    chosen = np.flatnonzero(people.available & (free > 0))
    chosen = chosen[np.argsort(people.key[chosen], kind="stable")]
    return chosen, free[chosen].astype(np.int64)


def one_hot(left: Ints, right: Ints, table: Ints) -> tuple[Singles, Singles]:
    """A table by two categories as a product: its row on the left, a single one on the right."""
    hot = np.zeros((len(right), table.shape[1]), np.float32)
    hot[np.arange(len(right)), right] = 1
    return table[left].astype(np.float32), hot


def category(left: Ints, right: Ints, same: int, other: int) -> tuple[Singles, Singles]:
    """One worth for equal categories, another for different ones; -1 equals nothing."""
    kinds = np.unique(right[right >= 0])
    table = np.full((len(kinds) + 1, len(kinds) + 1), other, np.int64)
    np.fill_diagonal(table[:-1, :-1], same)
    at = [np.searchsorted(kinds, side) for side in (left, right)]
    known = [np.isin(side, kinds) for side in (left, right)]
    codes = [np.where(yes, place, len(kinds)) for yes, place in zip(known, at, strict=True)]
    return one_hot(codes[0], codes[1], table)


def topics(a: People, b: People, worth: int) -> Block:
    left, right = topic_shares(a.topics, worth), topic_strengths(b.topics)
    used = np.any(left, axis=0) & np.any(right, axis=0)
    return left[:, used], right[:, used]


def seniority(left: Ints, right: Ints, rules: Rules, worth: int) -> tuple[Singles, Singles]:
    low, row = np.unique(left, return_inverse=True)
    high, column = np.unique(right, return_inverse=True)
    far = distance(low[:, None], high[None, :], rules)
    value = seniority_units(far, rules, worth)
    return one_hot(row, column, np.where(seniority_fits(far, rules), value, FORBIDDEN))


def first_languages(people: People) -> Singles:
    every = np.arange(people.languages.shape[1])
    return np.asarray(people.first_language[:, None] == every, dtype=np.float32)


def forms(a: People, b: People, worth: int) -> tuple[Singles, Singles]:
    codes = [pack(people.forms)[0].astype(np.int64) for people in (a, b)]
    every = np.arange(2 ** a.forms.shape[1])
    table = worth * ((every[:, None] & every[None, :]) > 0)
    return one_hot(codes[0], codes[1], table)


def blocks(cohort: Cohort, rules: Rules, worth: dict[str, int]) -> Iterator[Block]:
    """What is left of a feature's product and what is right, one feature after the other."""
    a, b = cohort.mentees, cohort.mentors
    same = FORBIDDEN if rules.other_department else 0
    both = a.text is not None and b.text is not None
    yield topics(a, b, worth["topics"])
    yield seniority(a.grade, b.grade, rules, worth["seniority"])
    yield category(a.department, b.department, same, worth["department"])
    yield category(a.location, b.location, 0, worth["location"])
    yield first_languages(a) * (worth["languages"] // 2), b.languages
    yield a.languages * (worth["languages"] // 2), first_languages(b)
    yield forms(a, b, worth["form"])
    yield (
        text_levels(a.text if both else None, len(a), worth["text"]),
        text_levels(b.text if both else None, len(b), worth["text"]),
    )
    yield has_text(a)[:, None] * (worth["text"] // 2), has_text(b)[:, None]


def matrices(
    cohort: Cohort, rules: Rules, weights: Weights, rows: Ints, columns: Ints
) -> tuple[Singles, Singles]:
    """All features side by side, for who takes part; what is of no use to anybody is left out."""
    worth = units(weights)
    bound = float(worth["hours"] + worth["choices"] + 50 * POINT - FORBIDDEN)
    left, right = [], []
    for block in blocks(cohort, rules, worth):
        bound += most(block)
        part = block[0][rows], block[1][columns]
        useful = np.any(part[0], axis=0) & np.any(part[1], axis=0)
        left.append(part[0][:, useful].astype(np.float32))
        right.append(part[1][:, useful].astype(np.float32))
    if bound >= EXACT:
        raise TooLarge("The terms of a score are too large to be exact.")
    return np.hstack(left), np.hstack(right)


def most(block: Block) -> float:
    """What the absolute terms of a sum may add up to, by Hölder's inequality."""
    sizes = [np.abs(side.astype(np.float64)) for side in block]
    sums, largest, norm = (
        [reduce(each, axis=1).max(initial=0) for each in sizes if each.shape[1]]
        for reduce in (np.sum, np.max, np.linalg.norm)
    )
    if not sums:
        return 0.0
    return float(min(sums[0] * largest[1], largest[0] * sums[1], norm[0] * norm[1]))


def shared_words(
    cohort: Cohort, rules: Rules, rows: Ints, columns: Ints
) -> tuple[tuple[Words, Words], Ints]:
    """Bit masks of the rules that ask for something in common."""
    a, b = cohort.mentees, cohort.mentors
    asked = [
        (rules.common_topic, pack(a.topics > 0), pack(b.topics > 0)),
        (rules.common_language, pack(a.languages), pack(b.languages)),
        (rules.common_form, pack(a.forms), pack(b.forms)),
    ]
    used = [(left, right) for wanted, left, right in asked if wanted]
    start = np.cumsum([0, *(len(left) for left, _ in used)]).astype(np.int64)
    none = [np.zeros((0, len(a)), np.uint64)], [np.zeros((0, len(b)), np.uint64)]
    left = np.vstack(none[0] + [each for each, _ in used])[:, rows]
    right = np.vstack(none[1] + [each for _, each in used])[:, columns]
    return (np.ascontiguousarray(left.T), np.ascontiguousarray(right)), start


def sides(
    cohort: Cohort,
    a: Ints,
    b: Ints,
    words: tuple[Words, Words],
    found: Patches,
) -> tuple[RowSide, ColumnSide]:
    mentees, mentors = cohort.mentees, cohort.mentors
    bosses = cohort.managers[mentees.member[a]], cohort.managers[mentors.member[b]]
    rows = RowSide(
        words[0],
        np.ascontiguousarray(pack(mentees.hours)[0][a]),
        np.where(bosses[0] < 0, -2, bosses[0]).astype(np.int32),
        found.start,
        found.column,
        found.add,
    )
    columns = ColumnSide(
        words[1],
        np.ascontiguousarray(pack(mentors.hours)[0][b]),
        bosses[1].astype(np.int32),
        np.arange(len(b), dtype=np.int32),
    )
    return rows, columns


def take_columns(encoded: Encoded, chosen: Ints) -> tuple[Singles, ColumnSide]:
    """Some mentors, in another order."""
    columns = encoded.columns
    place = np.full(len(encoded.mentors), -1, np.int32)
    place[chosen] = np.arange(len(chosen), dtype=np.int32)
    side = ColumnSide(
        np.ascontiguousarray(columns.words[:, chosen]),
        columns.hours[chosen],
        columns.manager[chosen],
        place,
    )
    return np.ascontiguousarray(encoded.right[chosen]), side
