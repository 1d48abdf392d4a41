"""Deadlines in working days are those of the organization."""

from datetime import UTC, date, datetime, time

import pytest

from accounts.models import Holiday, Organization
from accounts.queries.calendar import working_hours
from mentoring.pairings.deadlines import deadline_in
from programs.models import Program
from tests.factories import create_organization, inside

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

    assert deadline.reminds_at == datetime.fromisoformat(reminds)
    assert deadline.ends_at == datetime.fromisoformat(ends)


def test_the_hour_of_reminders_is_the_organizations():
    organization = create_organization(reminder_hour=time(7, 30))
    with inside(organization):
        program = Program(proposal_reminder_days=2, proposal_days=5)

        deadline = deadline_in("Asia/Tokyo", program, working_hours(), now=NOW)

    assert deadline.reminds_at == datetime(2026, 12, 24, 22, 30, tzinfo=UTC)
