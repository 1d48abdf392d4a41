"""Who would be reminded before enrollment closes, told before anything has decided it."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from mentoring.outbox.models import Message
from programs.ahead import next_days_of
from programs.enums import CohortState, ParticipantState
from programs.operations import closing, reminders
from tests.factories import create_member, create_organization, create_owner, inside
from tests.programs.people import test_closing as closings
from tests.programs.people import test_reminders as reminding
from tests.programs.people.steps import NOON, create_cohort, deliver, enroll

pytestmark = pytest.mark.django_db


def foretold(owner, cohort, *, now=NOON, kinds=(reminders.INVITED, reminders.DRAFT)):
    with inside(owner.organization_id):
        found = next_days_of(cohort, now=now)
        return [(row.ahead.address, row.ahead.due_at) for day in found.days for row in day.rows
                if row.ahead.kind in kinds]  # fmt: skip


def create_asked():
    owner = create_owner(create_organization(time_zone="Europe/Berlin"))
    cohort = create_cohort(owner)
    people = [
        reminding.member(owner, "a@example.org", "Asia/Tokyo"),
        reminding.member(owner, "b@example.org", "America/New_York"),
        reminding.member(owner, "away@example.org", on_leave=True),
    ]
    reminding.ask(owner, cohort, *people)
    enroll(cohort, reminding.member(owner, "d@example.org"), state=ParticipantState.DRAFT)
    return owner, cohort


def test_the_reminders_of_the_closing_day_are_foretold_as_they_will_be(client):
    owner, cohort = create_asked()
    with inside(owner.organization_id):
        before = Message.objects.count()

    told = foretold(owner, cohort)

    assert [address for address, _due in told] == [
        "a@example.org",
        "d@example.org",
        "b@example.org",
    ]
    with inside(owner.organization_id):
        assert Message.objects.count() == before
    deliver(owner, at=reminding.FIRST_LOOK)
    assert sorted(told) == reminding.due(owner)
    assert foretold(owner, cohort, now=reminding.FIRST_LOOK) == told


def test_what_those_who_run_it_get_before_that_day_is_foretold_as_it_will_be():
    owner, cohort = closings.create_closing()
    for name, on_leave in (("near@example.org", False), ("away@example.org", True)):
        create_member(owner.organization, roles=[Role.PROGRAM_ADMIN], email=name, on_leave=on_leave)

    told = foretold(owner, cohort, kinds=[closing.KIND])

    assert [address for address, _due in told] == ["near@example.org"] * 2
    assert closings.due(owner) == []
    closings.run_until(owner, 11)
    assert told == [(address, due_at) for address, _name, due_at in closings.due(owner)]


def test_nobody_who_runs_a_closed_cohort_is_told_of_its_enrollment():
    owner, cohort = closings.create_closing()
    cohort.state = CohortState.MATCHING
    assert foretold(owner, cohort, kinds=[closing.KIND]) == []


@pytest.mark.parametrize("days", [-1, 40])
def test_nothing_is_foretold_of_a_day_that_is_past_or_far_away(days):
    owner, cohort = create_asked()
    with inside(owner.organization_id):
        cohort.enrollment_closes_on = NOON.date() + timedelta(days=days)
        cohort.save()
    kinds = [reminders.INVITED, reminders.DRAFT, closing.KIND]
    assert foretold(owner, cohort, kinds=kinds) == []
