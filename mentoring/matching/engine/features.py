"""What each feature is worth, as formulas on whole numbers.

Encoding and definitions both start here: one turns the formulas into matrices, the other
applies them pair by pair, so that each can check the other.
"""

import numpy as np

from mentoring.matching.engine.arrays import Bools, Floats, Ints
from mentoring.matching.engine.cohort import People
from mentoring.matching.engine.settings import MOST_CHOICES, Rules

ENOUGH_HALF_HOURS = 8
STRONGEST = 4
SPAN = 4


def topic_shares(topics: Ints, units: int) -> Ints:
    """What each topic that a mentee seeks is worth per step of strength."""
    wish = np.where(topics > 0, np.maximum(6 - topics, 1), 0).astype(np.int64)
    total = np.maximum(wish.sum(axis=1, keepdims=True), 1)
    return np.asarray((units // STRONGEST) * wish // total)


def topic_strengths(topics: Ints) -> Ints:
    """How strongly a mentor offers each topic, from 0 to STRONGEST."""
    return np.where(topics > 0, np.maximum(5 - topics, 2), 0).astype(np.int64)


def distance(mentee: Ints, mentor: Ints, rules: Rules) -> Ints:
    """Grades between two people in the direction of the program."""
    if rules.direction == "mentee above":
        return mentee - mentor
    return mentor - mentee if rules.direction == "mentor above" else abs(mentee - mentor)


def seniority_fits(far: Ints, rules: Rules) -> Bools:
    return np.full(far.shape, True) if rules.direction == "either" else far >= rules.gap


def seniority_units(far: Ints, rules: Rules, units: int) -> Ints:
    near = np.maximum(SPAN - abs(far - rules.ideal_distance), 0)
    return np.asarray(units * near // SPAN)


def hours_step(units: int) -> int:
    """The worth of one shared half hour, up to ENOUGH_HALF_HOURS."""
    return units // ENOUGH_HALF_HOURS


def choice_units(rank: Ints, units: int) -> Ints:
    """The worth of one person's own choice, of which a pair can have two."""
    return np.asarray((units // 2) * (MOST_CHOICES + 1 - rank) // MOST_CHOICES)


def text_levels(text: Floats | None, people: int, units: int) -> Ints:
    """Texts as whole numbers of a length whose products stay within half the units."""
    if text is None or not units:
        return np.zeros((people, 0), dtype=np.int64)
    length = np.linalg.norm(text, axis=1, keepdims=True)
    unit = text / np.where(length > 0, length, 1.0)
    return np.asarray(np.trunc(unit * np.sqrt(units // 2) * (1 - 1e-9)), dtype=np.int64)


def pack(flags: Bools) -> np.ndarray:
    """Rows of flags as words of 64 bits: words × people."""
    people, width = flags.shape
    words = max(1, -(-width // 64))
    padded = np.zeros((people, words * 64), dtype=np.bool_)
    padded[:, :width] = flags
    packed = np.packbits(padded, axis=1, bitorder="little").view(np.uint64)
    return np.ascontiguousarray(packed.T)


def has_text(people: People) -> Ints:
    if people.text is None:
        return np.zeros(len(people), dtype=np.int64)
    return np.asarray(np.any(people.text != 0, axis=1), dtype=np.int64)
