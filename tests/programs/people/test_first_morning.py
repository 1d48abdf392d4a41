"""Invitations that wait for the morning on which enrollment opens."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Holiday, Organization
from accounts.operations.holidays import add_holiday
from mentoring.outbox.models import Message
from programs.enums import Side
from programs.models import Cohort
from programs.operations.cohort_invitations import KIND, invite
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


def create_waiting(*, sponsor=False, opens: date = TOMORROW, off=()) -> tuple:
    """An owner, a cohort that opens on a day to come, and somebody who was invited to it."""
    owner = create_owner()
    cohort = create_cohort(owner, enrollment_opens_on=opens)
    guest = create_member(owner.organization, name="Ada")
    with inside(owner.organization_id):
        for day in off:
            Holiday.objects.create(date=day, name="Off")
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
        change_cohort(cohort=cohort, details=details, actor=owner, now=timezone.now())


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
    assert "3 invitations leave on the morning of 24 Nov 2026, once enrollment is open." in sent
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

    assert "1 invitation leaves on the morning of 24 Nov 2026, once enrollment is open." in sent
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


def test_a_day_off_that_is_added_later_lets_the_waiting_mails_leave_the_day_after(mails):
    owner, _cohort, _guest = create_waiting()

    with inside(owner.organization_id):
        add_holiday(day=TOMORROW, name="Off", actor=owner, now=NOON)

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


def due(owner) -> list[datetime]:
    with inside(owner.organization_id):
        return list(Message.objects.filter(kind=KIND).values_list("due_at", flat=True))


def nine(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=UTC)


SATURDAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("opens", "off", "leaves"),
    [
        (SATURDAY, [], nine(30)),
        (date(2026, 11, 27), [date(2026, 11, 27)], nine(30)),
        (SATURDAY, [date(2026, 11, 30), date(2026, 12, 1)], nine(2, 12)),
        # Until enrollment closes there is no other day: late is worse than on a free day.
        (date(2026, 12, 11), [date(2026, 12, 11)], nine(11, 12)),
    ],
)
def test_invitations_leave_on_the_first_working_morning(client, opens, off, leaves):
    owner, cohort, _ = create_waiting(opens=opens, off=off)
    assert due(owner) == [leaves]
    shown = login(client, owner).get(url(owner, "cohort_invite_new", cohort.pk)).text
    assert f"{leaves.day} {leaves:%b} 2026" in shown


def test_an_organization_that_sends_on_all_days_sends_on_the_very_day():
    owner = create_owner()
    with inside(owner.organization_id):
        Organization.objects.update(sends_on_free_days=True)
    cohort = create_cohort(owner, enrollment_opens_on=SATURDAY)
    with inside(owner.organization_id):
        guest = create_member(owner.organization)
        invite(cohort=cohort, side=Side.MENTEE, members=[guest], actor=owner, now=NOON)
    assert due(owner) == [nine(28)]


def test_who_is_invited_by_hand_on_a_free_day_is_written_to_at_once():
    owner = create_owner()
    cohort = create_cohort(owner, enrollment_opens_on=SATURDAY)
    now = datetime(2026, 11, 29, 16, tzinfo=UTC)
    with inside(owner.organization_id):
        guest = create_member(owner.organization)
        invite(cohort=cohort, side=Side.MENTEE, members=[guest], actor=owner, now=now)
    assert due(owner) == [now]


def test_a_change_on_a_free_day_leaves_waiting_invitations_to_the_working_morning():
    owner, cohort, _ = create_waiting(opens=SATURDAY)
    with time_machine.travel(datetime(2026, 11, 28, 8, tzinfo=UTC), tick=False):
        move(owner, cohort, enrollment_closes_on=CLOSES + timedelta(days=7))
    assert due(owner) == [nine(30)]
