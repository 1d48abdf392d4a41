"""Which groups may be told of after which others."""

import random

import numpy as np
import pytest

from mentoring.reports.disclosure.kernel import Verdict
from mentoring.reports.disclosure.kernel.field import PRIME, duals, solve
from tests.reports.disclosure import oracle
from tests.reports.disclosure.arrays import family, row

PEOPLE = 40
OK, TOO_FEW, DIFFERENCE, SOLVABLE = Verdict


def verdict(told, group, *, least=5, people=PEOPLE):
    return family(told, people).decide(row(group, people), least=least)


@pytest.mark.parametrize(
    ("size", "least", "expected"), [(4, 5, TOO_FEW), (5, 5, OK), (7, 8, TOO_FEW), (8, 8, OK)]
)
def test_a_group_alone_needs_its_least_size(size, least, expected):
    assert verdict([], range(size), least=least) == expected


@pytest.mark.parametrize(
    ("fewer", "expected"), [(0, OK), (1, DIFFERENCE), (4, DIFFERENCE), (5, OK), (9, OK)]
)
def test_a_group_inside_another_leaves_nobody_or_five(fewer, expected):
    assert verdict([range(20)], range(20 - fewer)) == expected
    assert verdict([range(20 - fewer)], range(20)) == expected


@pytest.mark.parametrize(("fewer", "expected"), [(5, DIFFERENCE), (7, DIFFERENCE), (8, OK)])
def test_of_distributions_what_is_left_has_eight_too(fewer, expected):
    assert verdict([range(20)], range(20 - fewer), least=8) == expected


def test_a_total_tells_of_few_whose_row_is_hidden():
    rows = [range(10), range(10, 20)]
    assert verdict(rows, range(23)) == DIFFERENCE
    assert verdict(rows, range(25)) == OK


def test_few_who_are_left_of_several_groups_that_overlap_are_seen():
    """All less the first, less the second, plus whom both have: two are left."""
    told = [range(30), range(14), range(8, 28)]
    assert verdict(told, range(8, 14)) == DIFFERENCE


def test_a_person_beside_a_group_that_can_only_be_computed_is_seen():
    """Half of x+y and x+z less y+z is x, which was never told."""
    x, y, z = (set(range(at, at + 6)) for at in (0, 6, 12))
    assert verdict([x | y, y | z], x | {30}) == OK
    assert verdict([x | y, y | z, x | z], x | {30}) == SOLVABLE


def test_one_who_comes_for_one_who_goes_is_seen():
    assert verdict([range(20)], {*range(19), 30}) == SOLVABLE


def test_what_can_be_computed_anyway_may_be_told():
    told = [range(10), range(10, 20), range(20, 30)]
    assert verdict(told, range(20)) == OK
    assert verdict([*told, range(30)], range(10, 30)) == OK
    assert verdict(told, range(10)) == OK


def test_the_same_group_needs_its_least_size_again():
    assert verdict([range(6)], range(6), least=8) == TOO_FEW


def test_what_is_refused_hides_nothing_later():
    known = family([range(20)], PEOPLE)
    assert known.decide(row(range(18), PEOPLE), least=5) == DIFFERENCE
    assert known.decide(row(range(13), PEOPLE), least=5) == OK
    assert known.decide(row(range(18), PEOPLE), least=5) == DIFFERENCE


def told_by_lot(dice: random.Random, people: int, told: list[frozenset[int]]) -> frozenset[int]:
    """A group near others, or made of two of them, or any."""
    kind = dice.random()
    if told and kind < 0.5:
        return dice.choice(told) ^ set(dice.sample(range(people), dice.randint(1, 4)))
    if len(told) > 1 and kind < 0.8:
        one, other = dice.sample(told, 2)
        return one | other if dice.random() < 0.5 else one ^ other
    return frozenset(each for each in range(people) if dice.random() < 0.5)


@pytest.mark.parametrize("seed", range(60))
def test_it_agrees_with_fractions(seed):
    """Also when the family is read anew in between; what is refused does tell of few."""
    dice = random.Random(seed)
    people = dice.randint(6, 12)
    told: list[frozenset[int]] = []
    known = family([], people, seed=seed)
    for _ in range(7):
        group = told_by_lot(dice, people, told)
        if dice.random() < 0.3:
            known = family(told, people, seed=seed)
        found = known.decide(row(group, people), least=2)
        after = [*told, group]
        if found == TOO_FEW:
            assert len(group) < 2
        elif found == OK:
            assert oracle.is_safe(after, people), (group, told)
            told.append(group)
        else:
            assert oracle.tells_of_few(after, people), (group, told)


def test_nothing_depends_on_the_order_of_people_or_on_luck():
    dice = random.Random(3)
    groups = [frozenset(dice.sample(range(PEOPLE), dice.randint(5, 25))) for _ in range(30)]
    groups += [each ^ set(dice.sample(range(PEOPLE), 3)) for each in groups]
    found = []
    for seed in range(3):
        order = dice.sample(range(PEOPLE), PEOPLE)
        known = family([], PEOPLE, seed=seed)
        rows = [row((order[each] for each in group), PEOPLE) for group in groups]
        found.append(known.decide_all((each, 5) for each in rows))
    assert found[0] == found[1] == found[2]
    assert {*found[0]} == {OK, DIFFERENCE, SOLVABLE}


@pytest.mark.parametrize("count", [1, 5, 33, 80])
def test_equations_are_solved_exactly(count):
    dice = np.random.default_rng(count)
    left = dice.integers(0, PRIME, (count, count))
    left[count // 2] = left[0]
    x = dice.integers(0, PRIME, (count, 3))
    right = exact_product(left, x)
    assert (exact_product(left, solve(left, right)) == right).all()


def exact_product(left, right):
    return (left.astype(object) @ right.astype(object) % PRIME).astype(np.int64)


def test_duals_are_nothing_in_every_row_and_something_elsewhere():
    dice = np.random.default_rng(1)
    rows = dice.random((50, 70)) < 0.4
    rows[7] = rows[3] | rows[4]
    rows[8], rows[9] = rows[7] & ~rows[3], rows[7]
    found = duals(rows, 6, dice)
    assert not (found @ rows.T.astype(np.int64) % PRIME).any()
    assert (found @ (~rows[:1]).T.astype(np.int64) % PRIME).all()
