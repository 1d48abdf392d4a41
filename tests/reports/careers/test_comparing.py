"""Who is compared with whom, what became of them, and when that is not told."""

from uuid import UUID

import pytest

from mentoring.reports.careers.comparing import Comparison, Group, compare, group_members
from mentoring.reports.careers.groups import Material
from mentoring.reports.careers.intervals import wilson
from mentoring.reports.careers.measures import Measure
from mentoring.reports.enums import Refusal
from tests.reports.careers.ways import (
    COHORT,
    NEXT_COHORT,
    climbs,
    leaves,
    material,
    stand,
    stays,
)

RETENTION, PROMOTION = Measure.RETENTION, Measure.PROMOTION
TOO_FEW = Refusal.TOO_FEW


def of_plain(hits: int, n: int, *, worth: float = 0) -> Group:
    found = wilson(hits / n, worth or n)
    return Group(n, round(hits / n, 2), round(found.low, 2), round(found.high, 2))


def test_both_groups_have_their_share_number_and_interval():
    found = compare(
        RETENTION,
        material([stays()] * 35 + [leaves()] * 5, [stays()] * 60 + [leaves()] * 20),
    )
    assert found == Comparison(RETENTION, of_plain(35, 40), of_plain(60, 80, worth=79))


def test_others_count_as_much_as_their_kind_does_among_participants():
    participants = [stays("A")] * 30 + [stays("B")] * 10
    others = [stays("A")] * 10 + [leaves("A")] * 10 + [stays("B")] * 80 + [stays("C")] * 50
    found = compare(RETENTION, material(participants, others))
    members = group_members(RETENTION, material(participants, others))
    assert found.others is not None
    assert (found.others.n, found.others.share) == (100, 0.62)
    assert len(members.others) == 100


def test_other_departments_are_no_company():
    participants = [stays("A", "Sales")] * 20
    others = [stays("A", "Law")] * 50
    assert compare(RETENTION, material(participants, others)).refusal == TOO_FEW
    assert group_members(RETENTION, material(participants, others)).others == frozenset()


def test_the_band_of_grades_helps_where_a_grade_has_nobody():
    """Eight grades make bands of two."""
    everywhere = [stays(grade, "Law") for grade in "ABCDEFGH"]
    others = [stays("B")] * 20 + [stays("C")] * 20 + everywhere
    members = group_members(RETENTION, material([stays("A")] * 20, others))
    assert members.others == {UUID(int=1000 + number) for number in range(20)}


def test_a_grade_that_has_somebody_needs_no_band():
    others = [stays("A")] * 3 + [stays("B")] * 20 + [stays(grade, "Law") for grade in "ABCDEFGH"]
    members = group_members(RETENTION, material([stays("A")] * 20, others))
    assert members.others == {UUID(int=1000 + number) for number in range(3)}


def test_participants_with_nobody_beside_them_are_left_out():
    participants = [stays("A")] * 20 + [leaves("A", "Moon")] * 3
    members = group_members(RETENTION, material(participants, [stays("A")] * 20))
    assert members.participants == {UUID(int=number) for number in range(20)}
    found = compare(RETENTION, material(participants, [stays("A")] * 20))
    assert found.participants == of_plain(20, 20)


def test_only_who_was_there_when_the_clock_started_is_asked_about():
    late, gone_before = [stand(10)], leaves(on=-5)
    back = [*leaves(on=20), stand(90)]
    participants = [stays()] * 19 + [back, late, gone_before]
    others = [stays()] * 20 + [late, gone_before]
    found = compare(RETENTION, material(participants, others))
    assert (found.participants, found.others) == (of_plain(20, 20), of_plain(20, 20))


def test_a_promotion_is_a_higher_grade_of_ones_own():
    moved = [*stays("A"), stand(50, "A", "Law")]
    down = climbs("C", "B")
    renumbered = [*stays("A"), stand(50, "D", chart=True)]
    back_again = [*climbs("A", "C", on=30), stand(60, "A")]
    unknown_meanwhile = [*stays("A"), stand(20, ""), stand(60, "B")]
    participants = [
        *[climbs()] * 9,
        unknown_meanwhile,
        *[moved] * 5,
        *[renumbered] * 5,
        *[back_again] * 5,
    ]
    others = [climbs()] * 5 + [stays()] * 15 + [down] * 5
    found = compare(PROMOTION, material(participants, others))
    assert (found.participants, found.others) == (of_plain(10, 25), of_plain(5, 20, worth=19))


def test_whose_grade_the_chart_moved_is_measured_by_the_new_order():
    turned = [*stays("C"), stand(20, "A", chart=True)]
    promoted = [*turned, stand(40, "B")]
    group = [turned] * 10 + [promoted] * 10
    found = compare(PROMOTION, material(group, group))
    assert found.participants == of_plain(10, 20)


@pytest.mark.parametrize(
    ("participants", "others", "refusal"),
    [
        ([stays()] * 10, [stays()] * 10, ""),
        ([stays()] * 9, [stays()] * 10, TOO_FEW),
        ([stays()] * 10, [stays()] * 9, TOO_FEW),
        ([], [], TOO_FEW),
        ([stays()] * 20 + [leaves()] * 4, [stays()] * 30, TOO_FEW),
        ([stays()] * 20 + [leaves()] * 5, [stays()] * 30, ""),
        ([leaves()] * 20 + [stays()] * 1, [stays()] * 30, TOO_FEW),
        ([stays()] * 20, [stays()] * 29 + [leaves()] * 1, TOO_FEW),
        ([stays()] * 20, [leaves()] * 30, ""),
    ],
)
def test_a_handful_is_never_told(participants, others, refusal):
    found = compare(RETENTION, material(participants, others))
    assert found.refusal == refusal
    assert (found.participants is None, found.others is None) == (bool(refusal), bool(refusal))


def test_weights_that_lie_on_a_few_people_are_too_few():
    """All but one of the participants are like one other person."""
    participants = [stays("A")] * 30 + [stays("B")]
    others = [stays("A")] + [stays("B")] * 50
    assert compare(RETENTION, material(participants, others)).refusal == TOO_FEW


@pytest.mark.parametrize(("gone", "refusal"), [(0, ""), (1, TOO_FEW), (4, TOO_FEW), (5, "")])
@pytest.mark.parametrize("group", ["participants", "others"])
def test_how_many_are_asked_of_promotions_does_not_tell_how_few_left(group, gone, refusal):
    groups = {"participants": [climbs()] * 20, "others": [climbs()] * 20}
    groups[group] = groups[group] + [leaves()] * gone
    found = compare(PROMOTION, material(groups["participants"], groups["others"]))
    assert found.refusal == refusal


def test_a_kind_of_which_nobody_is_left_does_not_vanish_unnoticed():
    participants = [climbs()] * 20 + [climbs("A", "B", "Law")] * 2
    others = [climbs()] * 20 + [leaves("A", "Law")] * 5
    assert compare(PROMOTION, material(participants, others)).refusal == TOO_FEW


def test_who_is_in_two_cohorts_counts_once_and_stands_beside_both():
    given = material(
        [stays()] * 20,
        [climbs(on=15)] * 10 + [stays()] * 10,
        clocks=[(COHORT, 0), (NEXT_COHORT, 30)],
    )
    both = [
        clock if clock.cohort == COHORT else type(clock)(NEXT_COHORT, clock.start, matched)
        for clock in given.clocks
        for matched in [frozenset(UUID(int=number) for number in (18, 19, 20))]
    ]
    careers = {**given.careers, UUID(int=20): stays()}
    found = Material(both, careers, given.took_part | {UUID(int=20)})
    members = group_members(RETENTION, found)
    assert len(members.participants) == 21
    assert len(members.others) == 20
    compared = compare(RETENTION, found)
    assert compared.participants == of_plain(21, 21)
