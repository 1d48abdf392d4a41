"""Deadlines in working days are those of the organization."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.models import Holiday, Organization
from accounts.operations.holidays import add_holiday
from accounts.queries.calendar import working_hours
from mentoring.outbox.models import Message
from mentoring.pairings.deadlines import deadline_in
from mentoring.pairings.operations.asking import REMIND
from programs.models import Program
from tests.factories import create_organization, create_owner, inside
from tests.pairings.people import MONDAY, create_two, deliver, propose

pytestmark = pytest.mark.django_db
# A Wednesday. The days after it are Christmas Eve, a Thursday, and so on.
NOW = datetime(2026, 12, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("holidays", "week", "reminds", "ends"),
    [
        ([], range(5), "2026-12-25T09:00Z", "2026-12-31T00:00Z"),
        ([24, 25], range(5), "2026-12-29T09:00Z", "2027-01-02T00:00Z"),
        ([25], [6, 0, 1, 2, 3], "2026-12-27T09:00Z", "2026-12-31T00:00Z"),
    ],
)
def test_time_to_answer_leaves_out_the_organizations_days_off(holidays, week, reminds, ends):
    organization = create_organization()
    with inside(organization):
        Organization.objects.filter(pk=organization.pk).update(working_days=list(week))
        for day in holidays:
            Holiday.objects.create(date=date(2026, 12, day), name="Off")
        program = Program(proposal_reminder_days=2, proposal_days=5)

        deadline = deadline_in("UTC", program, working_hours(), now=NOW)

    assert deadline.reminds.at == datetime.fromisoformat(reminds)
    assert deadline.ends_at == datetime.fromisoformat(ends)


def test_the_hour_of_reminders_is_the_organizations():
    organization = create_organization(reminder_hour=time(7, 30))
    with inside(organization):
        program = Program(proposal_reminder_days=2, proposal_days=5)

        deadline = deadline_in("Asia/Tokyo", program, working_hours(), now=NOW)

    assert deadline.reminds.at == datetime(2026, 12, 24, 22, 30, tzinfo=UTC)


def test_a_day_off_that_is_added_later_moves_the_reminder_of_a_proposal():
    ada, carl = create_two()
    owner = create_owner(ada.cohort.organization)
    with inside(ada.organization_id):
        Organization.objects.update(sends_on_free_days=False)
    propose((ada, carl), now=MONDAY)
    reminder = {"kind": REMIND, "state": "queued"}

    with inside(ada.organization_id):
        assert {each.due_at for each in Message.objects.filter(**reminder)} == {wednesday(8)}
        add_holiday(day=wednesday(0).date(), name="Off", actor=owner, now=MONDAY)
    deliver(ada.cohort, at=MONDAY)

    with inside(ada.organization_id):
        moved = {each.due_at for each in Message.objects.filter(**reminder)}
    assert moved == {wednesday(8) + timedelta(days=1)}


def wednesday(hour: int) -> datetime:
    return datetime(2026, 11, 25, hour, tzinfo=UTC)
