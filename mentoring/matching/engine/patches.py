"""What concerns single pairs only: chains, blocks, earlier pairs, locks, choices, the bonus."""

from typing import NamedTuple

import numpy as np

from mentoring.matching.engine.arrays import Ints, Singles, Small
from mentoring.matching.engine.cohort import Cohort, no_pairs
from mentoring.matching.engine.features import choice_units
from mentoring.matching.engine.settings import POINT, Rules, Weights, units

NEVER = -(2**22)


class Patches(NamedTuple):
    """Per mentee: mentors, in order, and what to add to the score of each."""

    start: Ints
    column: Small
    add: Singles


def patches(cohort: Cohort, rules: Rules, weights: Weights, rows: Ints, columns: Ints) -> Patches:
    worth = units(weights)["choices"]
    bonus = round(rules.bonus_for_proposed * POINT)
    banned = [chains(cohort), cohort.blocks, cohort.locks]
    if not rules.earlier_pairs_again:
        banned.append(cohort.earlier)
    chosen = [cohort.mentee_choices, cohort.mentor_choices]
    pairs = [*banned, *(each[:, :2] for each in chosen), np.unique(cohort.proposed, axis=0)]
    values = [
        *(np.full(len(each), NEVER) for each in banned),
        *(choice_units(each[:, 2], worth) for each in chosen),
        np.full(len(pairs[-1]), bonus),
    ]
    every, add = np.vstack(pairs), np.concatenate(values)
    where_row = places(len(cohort.mentees), rows)
    where_column = places(len(cohort.mentors), columns)
    row, column = where_row[every[:, 0]], where_column[every[:, 1]]
    here = (row >= 0) & (column >= 0)
    return sort(row[here], column[here], add[here], len(rows), len(columns))


def places(size: int, chosen: Ints) -> Ints:
    place = np.full(size, -1, np.int64)
    place[chosen] = np.arange(len(chosen))
    return place


def sort(row: Ints, column: Ints, add: Ints, rows: int, columns: int) -> Patches:
    """One patch per pair; a ban outweighs everything."""
    number, inverse = np.unique(row * columns + column, return_inverse=True)
    total = np.zeros(len(number), np.int64)
    np.add.at(total, inverse, add)
    np.minimum.at(total, inverse, np.where(add == NEVER, NEVER, np.iinfo(np.int64).max))
    start = np.searchsorted(number, np.arange(rows + 1) * columns)
    return Patches(
        start.astype(np.int64), (number % columns).astype(np.int32), total.astype(np.float32)
    )


def chains(cohort: Cohort) -> Ints:
    """Pairs of one person with another above or below in the lines, and with oneself."""
    mentees, mentors = cohort.mentees.member, cohort.mentors.member
    row = places(len(cohort.managers), mentees)
    column = places(len(cohort.managers), mentors)
    found = [no_pairs(), together(np.arange(len(mentees)), column[mentees])]
    above = cohort.managers[mentees]
    while np.any(above >= 0):
        found.append(together(np.arange(len(mentees)), np.where(above >= 0, column[above], -1)))
        above = np.where(above >= 0, cohort.managers[above], -1)
    above = cohort.managers[mentors]
    while np.any(above >= 0):
        found.append(together(np.where(above >= 0, row[above], -1), np.arange(len(mentors))))
        above = np.where(above >= 0, cohort.managers[above], -1)
    return np.vstack(found)


def together(rows: Ints, columns: Ints) -> Ints:
    here = (rows >= 0) & (columns >= 0)
    return np.column_stack([rows[here], columns[here]])
