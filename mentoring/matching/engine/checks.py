"""Refuses input that cannot be matched, before any work starts."""

import math
from collections.abc import Iterable
from dataclasses import fields

import numpy as np

from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.cohort import FORMS, HALF_HOURS, Cohort, People
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.engine.errors import (
    BadSetting,
    ContradictingLocks,
    CyclicChain,
    DuplicateKey,
    EmptySide,
    LockBreaksRule,
    NotANumber,
    TooManyChoices,
    UnknownPerson,
    WrongShape,
    ZeroCapacity,
)
from mentoring.matching.engine.settings import MOST_CHOICES, Rules, Weights

FLAT = ("key", "member", "capacity", "grade", "department", "location", "first_language")
WIDE = ("topics", "languages", "hours", "forms")


def check(cohort: Cohort, rules: Rules, weights: Weights) -> None:
    """Raise what is wrong, by name."""
    check_settings(rules, weights)
    for side, people in (("mentees", cohort.mentees), ("mentors", cohort.mentors)):
        check_shapes(side, people)
        check_people(side, people, len(cohort.managers))
    check_widths(cohort)
    check_chains(cohort.managers)
    for name in ("blocks", "earlier", "locks", "approved", "proposed"):
        check_pairs(name, getattr(cohort, name), cohort, 2)
    check_choices(cohort)
    check_locks(cohort)
    check_locks_keep_rules(cohort, rules, weights)


def check_settings(rules: Rules, weights: Weights) -> None:
    given = {each.name: float(getattr(weights, each.name)) for each in fields(weights)}
    for name, value in [*given.items(), ("minimum score", rules.minimum_score)]:
        if not math.isfinite(value):
            raise NotANumber(f"The setting “{name}” is not a number.")
    if min(given.values()) < 0 or sum(given.values()) <= 0:
        raise BadSetting("Weights must not be negative, and one must be above zero.")
    if rules.direction != "either" and rules.gap < 1:
        raise BadSetting("The gap in seniority must be at least one grade.")
    if not 0 <= rules.bonus_for_proposed <= 50 or not 0 <= rules.raise_worst_may_cost <= 1:
        raise BadSetting("The bonus or what raising the worst may cost is out of range.")


def check_shapes(side: str, people: People) -> None:
    size = len(people)
    if not size or not np.any(people.available):
        raise EmptySide(f"There are no {side} to match.")
    flat = [np.asarray(getattr(people, name)).shape == (size,) for name in (*FLAT, "available")]
    wide = [np.ndim(getattr(people, name)) == 2 for name in WIDE]
    long = [len(getattr(people, name)) == size for name in WIDE]
    if not (all(flat) and all(wide) and all(long)):
        raise WrongShape(f"An array of the {side} does not have one entry per person.")
    for name in (*FLAT, "topics"):
        values = np.asarray(getattr(people, name))
        if values.dtype.kind == "f" and not np.all(np.isfinite(values)):
            raise NotANumber(f"“{name}” of the {side} holds a value that is not a number.")
        if values.dtype.kind not in "iu":
            raise WrongShape(f"“{name}” of the {side} must be whole numbers.")
    if people.hours.shape[1] != HALF_HOURS or people.forms.shape[1] != len(FORMS):
        raise WrongShape(f"Hours or forms of the {side} have the wrong width.")


def check_people(side: str, people: People, members: int) -> None:
    if people.text is not None:
        if people.text.ndim != 2 or len(people.text) != len(people):
            raise WrongShape(f"The texts of the {side} do not have one row per person.")
        found = np.flatnonzero(~np.all(np.isfinite(people.text), axis=1))
        refuse(found, NotANumber, f"The text of one of the {side} is not a number.")
    refuse(np.flatnonzero(people.capacity < 1), ZeroCapacity, f"One of the {side} has no place.")
    outside = np.flatnonzero((people.member < 0) | (people.member >= members))
    refuse(outside, UnknownPerson, f"One of the {side} is not a member.")
    refuse(np.flatnonzero(repeated(people.key)), DuplicateKey, f"Two {side} have the same key.")
    refuse(np.flatnonzero(repeated(people.member)), DuplicateKey, f"Two {side} are one member.")
    languages = people.languages.shape[1]
    wrong = (people.first_language < -1) | (people.first_language >= languages)
    refuse(np.flatnonzero(wrong), UnknownPerson, "A first language is not in the list.")
    if np.any(people.topics < 0):
        raise WrongShape(f"A rank of a topic of the {side} is below zero.")


def check_widths(cohort: Cohort) -> None:
    a, b = cohort.mentees, cohort.mentors
    for name in ("topics", "languages"):
        if getattr(a, name).shape[1] != getattr(b, name).shape[1]:
            raise WrongShape(f"Both sides must have the same list of {name}.")
    if a.text is not None and b.text is not None and a.text.shape[1] != b.text.shape[1]:
        raise WrongShape("The texts of both sides must have the same width.")


def check_chains(managers: Ints) -> None:
    """Jump twice as far each time: who has not arrived at the top then never will."""
    size = len(managers)
    outside = np.flatnonzero((managers < -1) | (managers >= size))
    refuse(outside, UnknownPerson, "A manager is not a member.")
    jump = managers.copy()
    for _ in range(max(1, size).bit_length()):
        jump = np.where(jump >= 0, jump[jump], -1)
    if not np.any(jump >= 0):
        return
    now = int(jump[np.flatnonzero(jump >= 0)[0]])
    circle = [now]
    while (now := int(managers[now])) != circle[0]:
        circle.append(now)
    raise CyclicChain("A chain of managers leads back to its start.", tuple(circle))


def check_pairs(name: str, pairs: Ints, cohort: Cohort, width: int) -> None:
    if pairs.ndim != 2 or pairs.shape[1] != width or pairs.dtype.kind not in "iu":
        raise WrongShape(f"“{name}” must be rows of {width} whole numbers.")
    for column, people in ((0, cohort.mentees), (1, cohort.mentors)):
        wrong = (pairs[:, column] < 0) | (pairs[:, column] >= len(people))
        refuse(np.flatnonzero(wrong), UnknownPerson, f"A row of “{name}” points to nobody.")


def check_choices(cohort: Cohort) -> None:
    sides = (("mentee_choices", 0, cohort.mentees), ("mentor_choices", 1, cohort.mentors))
    for name, column, people in sides:
        choices = getattr(cohort, name)
        check_pairs(name, choices, cohort, 3)
        rank = choices[:, 2]
        refuse(
            np.flatnonzero((rank < 1) | (rank > MOST_CHOICES)),
            TooManyChoices,
            f"A choice is ranked outside 1 to {MOST_CHOICES}.",
        )
        made = np.bincount(choices[:, column], minlength=len(people))
        refuse(np.flatnonzero(made > MOST_CHOICES), TooManyChoices, "Somebody chose too many.")
        number = choices[:, 0] * len(cohort.mentors) + choices[:, 1]
        refuse(np.flatnonzero(repeated(number)), TooManyChoices, "A partner is chosen twice.")


def check_locks(cohort: Cohort) -> None:
    locks, wide = cohort.locks, len(cohort.mentors)
    number = locks[:, 0] * wide + locks[:, 1]
    refuse(np.flatnonzero(repeated(number)), ContradictingLocks, "A pair is locked twice.")
    blocked = np.isin(number, cohort.blocks[:, 0] * wide + cohort.blocks[:, 1])
    refuse(np.flatnonzero(blocked), ContradictingLocks, "A locked pair is also blocked.")
    for column, people in ((0, cohort.mentees), (1, cohort.mentors)):
        used = np.bincount(locks[:, column], minlength=len(people))
        over = np.flatnonzero(used > people.capacity)
        refuse(over, ContradictingLocks, "Somebody has more locks than places.")


def check_locks_keep_rules(cohort: Cohort, rules: Rules, weights: Weights) -> None:
    if not len(cohort.locks):
        return
    wide = len(cohort.mentors)
    mentees, mentors = cohort.locks[:, 0], cohort.locks[:, 1]
    approved = cohort.approved[:, 0] * wide + cohort.approved[:, 1]
    open_ = ~np.isin(mentees * wide + mentors, approved)
    broken = Definitions(cohort, rules, weights).broken(mentees, mentors)
    names = [name for name, found in broken.items() if np.any(found & open_)]
    wrong = np.logical_or.reduce(list(broken.values())) & open_
    message = f"A lock breaks a rule: {', '.join(names)}."
    refuse(np.flatnonzero(wrong), LockBreaksRule, message)


def repeated(values: Ints) -> np.ndarray:
    _, inverse, count = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray(count[inverse] > 1)


def refuse(found: Iterable[int], error: type[UnknownPerson] | type, message: str) -> None:
    indexes = tuple(int(each) for each in found)
    if indexes:
        raise error(message, indexes[:100])
