"""Bad input is refused by name, before any work starts."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mentoring.matching.engine import errors
from mentoring.matching.engine.checks import check
from mentoring.matching.engine.cohort import Cohort
from mentoring.matching.engine.engine import match
from mentoring.matching.engine.settings import Rules, Weights
from tests.matching.cohorts import cohort, reorder, table

GOOD = cohort(1, 12, 10)


def side(name: str, **changes: Any) -> Cohort:
    people: dict[str, Any] = {name: replace(getattr(GOOD, name), **changes)}
    return replace(GOOD, **people)


def changed(values: np.ndarray, at: Any, value: Any) -> np.ndarray:
    values = values.copy()
    values[at] = value
    return values


def nobody(name: str) -> Cohort:
    people: dict[str, Any] = {name: reorder(getattr(GOOD, name), np.zeros(0, np.int64))}
    return replace(GOOD, **people)


def circle() -> Cohort:
    chain = GOOD.managers.copy()
    chain[[3, 5, 7]] = [5, 7, 3]
    return replace(GOOD, managers=chain)


def chosen(*rows: tuple[int, int, int]) -> Cohort:
    return replace(GOOD, mentee_choices=np.array(rows))


def locked(*rows: tuple[int, int], **more: Any) -> Cohort:
    return replace(GOOD, locks=np.array(rows), approved=np.array(rows), **more)


A, B = GOOD.mentees, GOOD.mentors
AWAY = np.full(12, False)
CASES = {
    "no mentees": (nobody("mentees"), errors.EmptySide),
    "no mentors": (nobody("mentors"), errors.EmptySide),
    "all mentees away": (side("mentees", available=AWAY), errors.EmptySide),
    "no place": (side("mentors", capacity=changed(B.capacity, 4, 0)), errors.ZeroCapacity),
    "below no place": (side("mentors", capacity=changed(B.capacity, 4, -2)), errors.ZeroCapacity),
    "a circle": (circle(), errors.CyclicChain),
    "oneself as manager": (
        replace(GOOD, managers=changed(GOOD.managers, 6, 6)),
        errors.CyclicChain,
    ),
    "a manager from nowhere": (
        replace(GOOD, managers=changed(GOOD.managers, 6, 99)),
        errors.UnknownPerson,
    ),
    "a grade that is no number": (
        side("mentees", grade=changed(A.grade.astype(float), 2, np.nan)),
        errors.NotANumber,
    ),
    "a grade between two": (side("mentees", grade=A.grade + 0.5), errors.WrongShape),
    "an endless text": (
        side("mentors", text=changed(np.ones((10, 3)), (2, 1), np.inf)),
        errors.NotANumber,
    ),
    "texts of different width": (
        replace(
            GOOD,
            mentees=replace(A, text=np.ones((12, 3))),
            mentors=replace(B, text=np.ones((10, 2))),
        ),
        errors.WrongShape,
    ),
    "a grade too few": (side("mentees", grade=A.grade[1:]), errors.WrongShape),
    "other topics": (side("mentees", topics=A.topics[:, 1:]), errors.WrongShape),
    "a rank below zero": (side("mentees", topics=A.topics - 1), errors.WrongShape),
    "half the day": (side("mentees", hours=A.hours[:, :24]), errors.WrongShape),
    "a key twice": (side("mentees", key=changed(A.key, 0, A.key[1])), errors.DuplicateKey),
    "a member twice": (
        side("mentors", member=changed(B.member, 0, B.member[1])),
        errors.DuplicateKey,
    ),
    "no member": (side("mentors", member=changed(B.member, 0, 23)), errors.UnknownPerson),
    "no such language": (
        side("mentors", first_language=changed(B.first_language, 0, 6)),
        errors.UnknownPerson,
    ),
    "a block of nobody": (replace(GOOD, blocks=np.array([[0, 10]])), errors.UnknownPerson),
    "a block of three": (replace(GOOD, blocks=np.array([[0, 1, 2]])), errors.WrongShape),
    "a choice ranked sixth": (chosen((0, 0, 6)), errors.TooManyChoices),
    "a choice twice": (chosen((0, 0, 1), (0, 0, 2)), errors.TooManyChoices),
    "six choices": (chosen(*((0, at, 1) for at in range(6))), errors.TooManyChoices),
    "a lock twice": (locked((0, 0), (0, 0)), errors.ContradictingLocks),
    "a lock twice where there are two places": (
        locked(
            (0, 0),
            (0, 0),
            mentees=replace(A, capacity=A.capacity + 1),
            mentors=replace(B, capacity=B.capacity + 1),
        ),
        errors.ContradictingLocks,
    ),
    "more locks than places": (locked((0, 0), (0, 1)), errors.ContradictingLocks),
    "more locks than places of a mentor": (
        locked((0, 4), (1, 4), mentors=replace(B, capacity=changed(B.capacity, 4, 1))),
        errors.ContradictingLocks,
    ),
    "a lock that is blocked": (
        locked((0, 0), blocks=np.array([[0, 0]])),
        errors.ContradictingLocks,
    ),
}


@pytest.mark.parametrize("length", range(1, 10))
def test_a_circle_of_any_length_is_found_before_anything_walks_along_it(length: int) -> None:
    chain = np.arange(-1, 19)
    chain[5] = 4 + length
    with pytest.raises(errors.CyclicChain) as caught:
        check(replace(GOOD, managers=np.append(chain, [-1, -1, -1])), Rules(), Weights())
    assert sorted(caught.value.indexes) == list(range(5, 5 + length))


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_by_name(case: str) -> None:
    given, error = CASES[case]
    begun = []
    with pytest.raises(errors.BadCohort) as caught:
        match(given, Rules(), Weights(), progress=lambda *told: begun.append(told[0]))
    assert type(caught.value) is error
    assert begun == ["checking"]


def test_a_circle_is_told_in_full() -> None:
    with pytest.raises(errors.CyclicChain) as caught:
        match(circle(), Rules(), Weights())
    assert sorted(caught.value.indexes) == [3, 5, 7]


def test_a_lock_that_breaks_a_rule_is_reported_and_not_applied() -> None:
    pair = np.argwhere(table(GOOD, Rules(minimum_score=0), Weights()) == 0)[:1]
    with pytest.raises(errors.LockBreaksRule, match="A lock breaks a rule: "):
        match(replace(GOOD, locks=pair), Rules(), Weights())


@pytest.mark.parametrize(
    ("rules", "weights", "error"),
    [
        (Rules(), Weights(topics=-1), errors.BadSetting),
        (Rules(), Weights(topics=float("nan")), errors.NotANumber),
        (Rules(), None, errors.BadSetting),
        (Rules(gap=0), Weights(), errors.BadSetting),
        (Rules(minimum_score=float("inf")), Weights(), errors.NotANumber),
        (Rules(bonus_for_proposed=-1), Weights(), errors.BadSetting),
    ],
)
def test_a_setting_without_meaning_is_refused(rules, weights, error) -> None:
    none = dict.fromkeys(Weights.__dataclass_fields__, 0.0)
    with pytest.raises(error):
        match(GOOD, rules, Weights(**none) if weights is None else weights)
