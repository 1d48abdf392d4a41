"""Who would be reminded before enrollment closes, told before anything has decided it."""

from datetime import timedelta

import pytest

from mentoring.outbox.models import Message
from programs.ahead import next_days_of
from programs.enums import ParticipantState
from programs.operations import reminders
from tests.factories import create_organization, create_owner, inside
from tests.programs.people import test_reminders as reminding
from tests.programs.people.steps import NOON, create_cohort, deliver, enroll

pytestmark = pytest.mark.django_db


def foretold(owner, cohort, *, now=NOON):
    with inside(owner.organization_id):
        found = next_days_of(cohort, now=now)
        return [(row.ahead.address, row.ahead.due_at) for day in found.days for row in day.rows
                if row.ahead.kind in {reminders.INVITED, reminders.DRAFT}]  # fmt: skip


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


@pytest.mark.parametrize("days", [-1, 40])
def test_nothing_is_foretold_of_a_day_that_is_past_or_far_away(days):
    owner, cohort = create_asked()
    with inside(owner.organization_id):
        cohort.enrollment_closes_on = NOON.date() + timedelta(days=days)
        cohort.save()
    assert foretold(owner, cohort) == []
