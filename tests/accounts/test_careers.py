"""Where people stand is kept, one step for each change and none without one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.careers import note_steps
from accounts.enums import ChartPart, Step
from accounts.models import CareerStep, Department, Grade, Member
from accounts.operations import chart, invitations, members, people
from accounts.operations.organizations import create_organization as found_organization
from accounts.tokens import invitation_token
from mentoring.tenancy.scope import within
from tests.accounts.lists import HEADINGS, applied, people_list
from tests.factories import (
    create_invitation,
    create_listed,
    create_member,
    create_owner,
    create_user,
    inside,
    reload,
)

pytestmark = pytest.mark.django_db(databases=["default", "cache", "system"])
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE, GONE = True, False


def at(number: int) -> datetime:
    return NOON + timedelta(days=number)


@pytest.fixture
def owner():
    return create_owner(name="Olga Owner")


@pytest.fixture
def parts(owner):
    """Sales and Law, and grades from 1 to 3."""
    with inside(owner.organization):
        departments = [Department.objects.create(name=name) for name in ("Sales", "Law")]
        grades = [
            Grade.objects.create(name=name, rank=rank)
            for rank, name in enumerate(("Junior", "Senior", "Head"), start=1)
        ]
    return *departments, *grades


def steps_of(member: Member) -> list[tuple]:
    """When, department, grade, rank, whether here, and whether the chart did it."""
    with inside(member.organization_id):
        rows = CareerStep.objects.filter(member=member).order_by("since", "pk")
        found = rows.values_list(
            "since", "department", "grade", "grade_rank", "is_here", "by_chart"
        )
        return list(found)


def add(owner, *, now=NOON, **values) -> Member:
    with inside(owner.organization):
        given = {"name": "Ann O'Hara", "email": "ann@example.org", **values}
        return people.add_person(values=given, actor=owner, now=now)


def change(member, owner, *, now, **values) -> None:
    with inside(owner.organization):
        people.change_record(member=reload(member), values=values, actor=owner, now=now)


def test_a_record_that_is_added_and_changed_leaves_a_step_for_each_move(owner, parts):
    sales, law, junior, senior, _head = parts
    ann = add(owner, department=sales, grade=junior)

    change(ann, owner, now=at(1), job_title="Clerk", on_leave=True, manager=owner)
    change(ann, owner, now=at(2), department=law)
    change(ann, owner, now=at(3), department=law, name="Ann Other")
    change(ann, owner, now=at(4), grade=senior)
    change(ann, owner, now=at(5), department=None, grade=None)

    assert steps_of(ann) == [
        (NOON, "Sales", "Junior", 1, HERE, False),
        (at(2), "Law", "Junior", 1, HERE, False),
        (at(4), "Law", "Senior", 2, HERE, False),
        (at(5), "", "", None, HERE, False),
    ]
    assert steps_of(owner) == []


def test_leaving_and_coming_back_are_steps(owner, parts):
    sales, *_ = parts
    ann = add(owner, department=sales)
    with inside(owner.organization):
        members.deactivate(member=ann, actor=owner, now=at(1))
        members.deactivate(member=ann, actor=owner, now=at(2))
        members.reactivate(member=ann, actor=owner, now=at(3))
        members.leave(member=ann, now=at(4))

    assert steps_of(ann) == [
        (NOON, "Sales", "", None, HERE, False),
        (at(1), "Sales", "", None, GONE, False),
        (at(3), "Sales", "", None, HERE, False),
        (at(4), "Sales", "", None, GONE, False),
    ]


def test_an_invitation_makes_a_first_step_and_brings_back_who_had_left(owner):
    user = create_user(email="bo@example.org")

    def accept(day: int) -> Member:
        invitation = create_invitation(owner, email="bo@example.org", invited_at=at(day))
        token = invitation_token(invitation)
        return invitations.accept(
            organization_id=owner.organization_id, token=token, user=user, now=at(day)
        )

    bo = accept(1)
    with inside(owner.organization):
        members.leave(member=bo, now=at(2))
    accept(3)

    assert steps_of(bo) == [
        (at(1), "", "", None, HERE, False),
        (at(2), "", "", None, GONE, False),
        (at(3), "", "", None, HERE, False),
    ]


def test_who_was_listed_and_accepts_has_moved_nowhere(owner, parts):
    sales, *_ = parts
    ann = add(owner, department=sales)
    invitation = create_invitation(owner, email="ann@example.org", invited_at=at(1))

    invitations.accept(
        organization_id=owner.organization_id,
        token=invitation_token(invitation),
        user=create_user(email="ann@example.org"),
        now=at(2),
    )

    assert steps_of(ann) == [(NOON, "Sales", "", None, HERE, False)]


def test_whoever_makes_an_organization_begins_there():
    organization = found_organization(
        user=create_user(), name="Acme", slug="acme", time_zone="UTC", language="en"
    )
    with inside(organization):
        owner = Member.objects.get()
    assert steps_of(owner) == [(owner.joined_at, "", "", None, HERE, False)]


def test_new_names_and_a_new_order_are_steps_that_nobody_took(owner, parts):
    sales, law, junior, senior, _head = parts
    ann = add(owner, department=sales, grade=senior)
    bob = add(owner, name="Bob", email="bob@example.org", department=law, grade=junior)
    with inside(owner.organization):
        chart.change(part=sales, values={"name": "Selling"}, actor=owner, now=at(1))
        chart.change(part=sales, values={"name": "Selling"}, actor=owner, now=at(2))
        chart.move_grade(grade=senior, step=Step.UP, actor=owner, now=at(3))
        chart.turn_grades_around(actor=owner, now=at(4))
        chart.merge(source=sales, target=law, actor=owner, now=at(5))
        chart.merge(source=junior, target=senior, actor=owner, now=at(6))

    assert steps_of(ann)[1:] == [
        (at(1), "Selling", "Senior", 2, HERE, True),
        (at(3), "Selling", "Senior", 3, HERE, True),
        (at(4), "Selling", "Senior", 1, HERE, True),
        (at(5), "Law", "Senior", 1, HERE, True),
    ]
    assert steps_of(bob)[1:] == [
        (at(4), "Law", "Junior", 3, HERE, True),
        (at(6), "Law", "Senior", 1, HERE, True),
    ]


def test_a_grade_that_goes_makes_others_move_up_by_the_chart_alone(owner, parts):
    *_, junior, senior, _head = parts
    ann = add(owner, grade=senior)
    with inside(owner.organization):
        chart.delete(part=junior, actor=owner, now=at(1))
        chart.add(kind=ChartPart.GRADE, values={"name": "Chief"}, actor=owner)

    assert steps_of(ann) == [
        (NOON, "", "Senior", 2, HERE, False),
        (at(1), "", "Senior", 1, HERE, True),
    ]


def the_list(*, promoted: int, size: int = 30) -> bytes:
    rows = [
        (f"P {each}", f"p{each}@example.org", "", "", "Sales", "Senior" if each < promoted else "")
        for each in range(size)
    ]
    return people_list(*rows, headings=HEADINGS)


def test_a_list_leaves_steps_for_those_it_moves_only(owner):
    stays = create_listed(owner.organization, email="olga2@example.org")
    applied(owner, the_list(promoted=0))
    applied(owner, the_list(promoted=2), creates_grades=True)
    applied(owner, the_list(promoted=2))
    keeps = people_list((owner.name, owner.email, "", "", "", ""), headings=HEADINGS)
    applied(owner, keeps, mode="roster")
    applied(owner, the_list(promoted=2, size=1))

    with inside(owner.organization):
        numbered = Member.objects.filter(email__in=["p0@example.org", "p9@example.org"])
        first, other = numbered.order_by("email")
    assert [step[1:] for step in steps_of(first)] == [
        ("Sales", "", None, HERE, False),
        ("Sales", "Senior", 1, HERE, False),
        ("Sales", "Senior", 1, GONE, False),
        ("Sales", "Senior", 1, HERE, False),
    ]
    assert [step[1:] for step in steps_of(other)] == [
        ("Sales", "", None, HERE, False),
        ("Sales", "", None, GONE, False),
    ]
    assert [step[1:] for step in steps_of(stays)] == [("", "", None, GONE, False)]
    assert steps_of(owner) == []


@pytest.mark.parametrize("size", [2, 200])
def test_a_list_writes_its_steps_with_one_statement(owner, size):
    with CaptureQueriesContext(connection) as queries:
        applied(owner, the_list(promoted=1, size=size), creates_grades=True)
    found = [each["sql"] for each in queries if "INTO accounts_careerstep" in each["sql"]]
    assert len(found) == 1


def test_a_clock_that_went_back_does_not_disturb_the_order(owner, parts):
    sales, law, *_ = parts
    ann = add(owner, department=sales, now=at(5))
    change(ann, owner, now=at(4), department=law)
    change(ann, owner, now=at(4), department=None)
    assert [(each[0], each[1]) for each in steps_of(ann)] == [
        (at(5), "Sales"),
        (at(5), "Law"),
        (at(5), ""),
    ]


def test_steps_of_strangers_are_not_written(owner):
    stranger = create_member()
    with within(owner.organization), transaction.atomic():
        assert note_steps([stranger.pk], now=NOON) == 0
        assert note_steps([], now=NOON) == 0
    assert steps_of(stranger) == []
