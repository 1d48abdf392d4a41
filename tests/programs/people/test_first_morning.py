"""Invitations that wait for the morning on which enrollment opens."""

from datetime import date, timedelta

import pytest
import time_machine

from programs.enums import Side
from programs.models import Cohort
from programs.operations.cohort_invitations import invite
from programs.operations.cohorts import Details, change_cohort
from tests.factories import create_member, create_owner, inside, login, reload, url
from tests.programs.people.steps import CLOSES, NOON, create_cohort, deliver

TOMORROW = NOON.date() + timedelta(days=1)
MORNING = timedelta(hours=21)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def create_waiting(*, sponsor=False, opens: date = TOMORROW) -> tuple:
    """An owner, a cohort that opens on a day to come, and somebody who was invited to it."""
    owner = create_owner()
    cohort = create_cohort(owner, enrollment_opens_on=opens)
    guest = create_member(owner.organization, name="Ada")
    with inside(owner.organization_id):
        invite(cohort=cohort, side=Side.MENTEE, members=[guest], actor=owner, now=NOON)
        if sponsor:
            cohort.program.sponsor = guest
            cohort.program.save(update_fields=["sponsor"])
    return owner, cohort, guest


def move(owner, cohort: Cohort, **days: date) -> None:
    """Change days of the cohort as the owner, at noon."""
    cohort = reload(cohort)
    names = ("name", "enrollment_opens_on", "enrollment_closes_on", "starts_on", "ends_on")
    details = Details(**{**{name: getattr(cohort, name) for name in names}, **days})
    with inside(owner.organization_id):
        change_cohort(cohort=cohort, details=details, actor=owner, now=NOON)


def test_the_admin_is_told_when_the_mails_leave(client):
    owner, cohort, _ = create_waiting()
    login(client, owner)
    address = url(owner, "cohort_invite_new", cohort.pk)
    create_member(owner.organization)

    look = client.get(address, {"side": "mentor"}).text
    assert "Invitations wait until enrollment opens" in look
    assert "24 Nov 2026" in look
    assert f'href="{url(owner, "cohort_edit", cohort.pk)}"' in look

    sent = client.post(address, {"query": "side=mentor", "count": "3"}, follow=True).text
    assert "3 invitations leave on the morning of 24 Nov 2026, when enrollment opens." in sent
    assert "on their way" not in sent
    assert "Invitations wait until enrollment opens" in sent


def test_a_sponsor_is_told_too_and_cannot_change_the_days(client):
    owner, cohort, sponsor = create_waiting(sponsor=True)
    create_member(owner.organization, name="Bo", email="bo@example.org")
    login(client, sponsor)
    address = url(owner, "cohort_invite_personally", cohort.pk)

    assert "Invitations wait until enrollment opens" in client.get(address).text
    answers = {"side": "mentor", "people": "bo@example.org", "note": "Do come."}
    sent = client.post(address, answers, follow=True).text

    assert "1 invitation leaves on the morning of 24 Nov 2026, when enrollment opens." in sent
    assert "Change the days" not in sent


def test_once_enrollment_is_open_nothing_waits(client):
    owner, cohort, _ = create_waiting(opens=NOON.date())
    login(client, owner)
    create_member(owner.organization)
    address = url(owner, "cohort_invite_new", cohort.pk)

    sent = client.post(address, {"query": "side=mentor", "count": "3"}, follow=True).text

    assert "3 invitations are on their way." in sent
    assert "Invitations wait until enrollment opens" not in sent


def test_when_enrollment_opens_at_once_the_waiting_mails_leave_at_once(mails):
    owner, cohort, _ = create_waiting()

    move(owner, cohort, enrollment_opens_on=NOON.date())

    deliver(owner, at=NOON)
    assert len(mails()) == 1


def test_when_enrollment_opens_later_the_waiting_mails_leave_later(mails):
    owner, cohort, _ = create_waiting()

    move(owner, cohort, enrollment_opens_on=TOMORROW + timedelta(days=1))

    deliver(owner, at=NOON + MORNING)
    assert mails() == []
    deliver(owner, at=NOON + MORNING + timedelta(days=1))
    assert len(mails()) == 1


def test_when_enrollment_closes_later_the_waiting_mails_are_worth_sending_longer(mails):
    owner, cohort, _ = create_waiting()

    move(owner, cohort, enrollment_closes_on=CLOSES + timedelta(days=7))

    deliver(owner, at=NOON + timedelta(days=(CLOSES - NOON.date()).days + 2))
    assert len(mails()) == 1


def test_mails_that_have_left_do_not_leave_again(mails):
    owner, cohort, _ = create_waiting(opens=NOON.date())
    deliver(owner, at=NOON)
    assert len(mails()) == 1

    move(owner, cohort, enrollment_opens_on=TOMORROW)

    deliver(owner, at=NOON + MORNING)
    assert len(mails()) == 1
