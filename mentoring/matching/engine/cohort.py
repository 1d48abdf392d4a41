"""What goes into a run: people as arrays, pairs as index tables."""

from dataclasses import dataclass, field

import numpy as np

from mentoring.matching.engine.arrays import Bools, Floats, Ints

HALF_HOURS = 48
FORMS = ("video", "phone", "in person")


def no_pairs(width: int = 2) -> Ints:
    return np.zeros((0, width), dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class People:
    """One side of a cohort; every array has one entry (or row) per person."""

    key: Ints  # stable and unique on this side; decides ties together with the seed
    member: Ints  # index into Cohort.managers
    capacity: Ints
    grade: Ints  # a higher number is more senior
    department: Ints  # any numbers; -1 is unknown and equals nothing
    location: Ints  # likewise
    topics: Ints  # people × topics: 0 is not named, 1 the first, 2 the second…
    languages: Bools  # people × languages
    first_language: Ints  # index into languages, or -1
    hours: Bools  # people × 48 half hours of a day in UTC
    forms: Bools  # people × FORMS
    available: Bools  # False while paused, on leave, expired or gone
    text: Floats | None = None  # people × dimensions, rows of any length; zero is no text

    def __len__(self) -> int:
        return len(self.key)


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """Both sides, the lines of management, and what is known about single pairs.

    Rows of pairs are (index of mentee, index of mentor).
    """

    mentees: People
    mentors: People
    managers: Ints  # per member of the organization: index of the manager, or -1
    blocks: Ints = field(default_factory=no_pairs)
    earlier: Ints = field(default_factory=no_pairs)
    locks: Ints = field(default_factory=no_pairs)
    approved: Ints = field(default_factory=no_pairs)  # locks that may break a rule
    proposed: Ints = field(default_factory=no_pairs)  # pairs of the plan shown last
    mentee_choices: Ints = field(default_factory=lambda: no_pairs(3))  # …, rank from 1
    mentor_choices: Ints = field(default_factory=lambda: no_pairs(3))
