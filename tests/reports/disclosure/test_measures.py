"""What is told of groups at the end of a month: growth, check-ins, reliability, who answered."""

from datetime import timedelta

import pytest
from django.db import connection

from mentoring.reports.disclosure.scopes import WHOLE, Dimension, Reach, Scope
from mentoring.reports.disclosure.telling import NotAMonthEnd, tell_month
from mentoring.reports.enums import Refusal
from mentoring.reports.models import LedgerCell, Snapshot
from programs.enums import Moment, Side
from programs.operations.questions import form_in_use
from tests.factories import inside
from tests.pairings.people import create_round
from tests.reports.disclosure.staff import (
    BEFORE,
    DAY,
    NIGHT,
    OCTOBER,
    ask,
    check_in,
    create_company,
    create_snapshot,
    rate,
    tell_all,
)

pytestmark = pytest.mark.django_db
SALES = str(Scope(Reach.ORGANIZATION).within((Dimension.DEPARTMENT, "Sales")))
FINANCE = str(Scope(Reach.ORGANIZATION).within((Dimension.DEPARTMENT, "Finance")))


def rated(company, count, *, side=Side.MENTOR, change=lambda at: at % 3):
    for at in range(count):
        rate(company.person(side, at), company.pairings[at], 2, 2 + change(at))


def test_growth_is_what_people_say_at_the_end_less_what_they_said_at_the_start():
    company = create_company()
    rated(company, 9)
    found = tell_all(create_snapshot(company))
    assert found["mentor_growth", WHOLE] == {"mean": 1.0, "people": 9}
    assert found["mentor_growth", SALES] == {"mean": 1.0, "people": 9}
    assert found["mentor_growth", FINANCE] == Refusal.TOO_FEW
    assert found["mentee_learning", WHOLE] == Refusal.TOO_FEW


def test_learning_is_that_of_mentees():
    company = create_company()
    rated(company, 20, side=Side.MENTEE, change=lambda at: 2 if at < 10 else 1)
    found = tell_all(create_snapshot(company))
    assert found["mentee_learning", WHOLE] == {"mean": 1.5, "people": 20}
    assert found["mentee_learning", SALES] == {"mean": 2.0, "people": 10}
    assert found["mentor_growth", WHOLE] == Refusal.TOO_FEW


def test_programs_and_cohorts_are_told_of_as_well():
    company = create_company()
    rated(company, 20)
    found = tell_all(create_snapshot(company))
    scopes = [
        Scope(Reach.PROGRAM, company.cohort.program_id),
        Scope(Reach.COHORT, company.cohort.pk),
    ]
    for scope in scopes:
        assert found["mentor_growth", str(scope)] == {"mean": 0.95, "people": 20}


def test_two_way_groups_are_departments_by_bands():
    company = create_company(40)
    rated(company, 40, change=lambda at: at % 2)
    found = tell_all(create_snapshot(company))
    sales = Scope(Reach.ORGANIZATION).within((Dimension.DEPARTMENT, "Sales"))
    for band, mean in (("Junior", 0.0), ("Senior", 1.0)):
        scope = str(sales.within((Dimension.BAND, band)))
        assert found["mentor_growth", scope] == {"mean": mean, "people": 10}


def test_one_person_with_two_pairs_counts_once():
    company = create_company(6)
    rated(company, 6, change=lambda _at: 1)
    other = create_company(1, cohort=company.cohort)
    first = company.person(Side.MENTOR, 0)
    with inside(company.key):
        other.pairings[0].mentor = first
        other.pairings[0].mentor_place = 2
        other.pairings[0].save()
    rate(first, other.pairings[0], 2, 5)
    found = tell_all(create_snapshot(company))
    assert found["mentor_growth", WHOLE] == {"mean": 1.17, "people": 6}


def test_who_has_not_rated_both_times_does_not_count():
    company = create_company()
    rated(company, 5)
    late = company.person(Side.MENTOR, 5)
    rate(late, company.pairings[5], 1, 5, at=NIGHT + timedelta(days=1))
    found = tell_all(create_snapshot(company))
    assert found["mentor_growth", WHOLE] == {"mean": 0.8, "people": 5}


def test_check_ins_are_counted_by_the_last_answer_of_the_month():
    company = create_company()
    for at in range(9):
        who, pairing = company.person(Side.MENTEE, at), company.pairings[at]
        check_in(who, pairing, "help" if at < 2 else "well")
    check_in(company.person(Side.MENTEE, 0), company.pairings[0], "met", at=OCTOBER + timedelta(5))
    check_in(company.person(Side.MENTEE, 9), company.pairings[9], "help", at=BEFORE)
    found = tell_all(create_snapshot(company))
    counts = {"met": 1, "date": 0, "well": 7, "help": 1}
    assert found["check_ins", WHOLE] == {"counts": counts, "people": 9}
    assert found["check_ins", FINANCE] == Refusal.TOO_FEW


def test_seven_answers_are_too_few_for_a_distribution():
    company = create_company()
    for at in range(7):
        check_in(company.person(Side.MENTEE, at), company.pairings[at], "well")
    assert tell_all(create_snapshot(company))["check_ins", WHOLE] == Refusal.TOO_FEW


def test_reliability_is_of_groups_of_mentees():
    company = create_company(10)
    found = tell_all(create_snapshot(company, moved=[(at % 2, 4) for at in range(10)]))
    whole = {"moved": 5, "held": 40, "ratio": 0.12, "people": 10}
    assert found["leader_reliability", WHOLE] == whole
    assert found["leader_reliability", SALES]["people"] == 5


def test_how_many_have_answered_is_told_moment_by_moment():
    company = create_company(10)
    with inside(company.key):
        form = form_in_use(
            program=company.cohort.program, moment=Moment.MIDPOINT, writer=Side.MENTEE
        )
    for at in range(8):
        ask(company, Side.MENTEE, at, has_answered=at % 4 == 0, form=form)
    found = tell_all(create_snapshot(company))
    assert found["response_midpoint", WHOLE] == {"rate": 0.25, "people": 8}
    assert found["response_end", WHOLE] == Refusal.TOO_FEW


def test_every_group_has_a_row_whether_anybody_has_answered_or_not():
    company = create_company(10)
    found = tell_all(create_snapshot(company))
    assert len({scope for measure, scope in found if measure == "check_ins"}) == 19
    assert {*found.values()} == {Refusal.TOO_FEW}


def test_a_month_is_told_once_whatever_people_say_later():
    company = create_company()
    rated(company, 9)
    snapshot = create_snapshot(company)
    before = tell_all(snapshot)
    rated(company, 9, change=lambda _at: 0)
    rated(company, 12)
    assert tell_all(snapshot, now=NIGHT + timedelta(days=9)) == before


def test_the_next_month_tells_of_no_difference():
    company = create_company()
    rated(company, 9)
    tell_all(create_snapshot(company))
    rated(company, 12)
    november = create_snapshot(company, day=DAY + timedelta(days=30))
    assert tell_all(november)["mentor_growth", WHOLE] == Refusal.DIFFERENCE


def test_only_ends_of_months_are_told():
    with inside(create_round().organization):
        snapshot = Snapshot.objects.create(as_of=DAY, taken_at=NIGHT)
        with pytest.raises(NotAMonthEnd):
            tell_month(snapshot.pk, now=NIGHT)


def test_what_is_told_names_nobody():
    company = create_company()
    rated(company, 20)
    tell_all(create_snapshot(company, moved=[(1, 2)] * 20))
    with inside(company.key), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM reports_ledgercell t")
        stored = "".join(text for (text,) in cursor.fetchall())
        assert LedgerCell.objects.told().count() > 20
    for at in range(20):
        for side in Side:
            who = company.person(side, at)
            assert str(who.member_id) not in stored
            assert f"{side} {at}" not in stored
