"""Peer circles: group events for the mentors of a cohort."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.enums import Reach, Role
from mentoring.outbox.mailbox import text_of
from programs.enums import ParticipantState, Side
from programs.models import Attendance, PeerCircle
from tests.factories import create_member, create_organization, create_owner, inside, login, url
from tests.programs.people.steps import NOON, create_cohort, deliver, enroll

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
APPROVED = ParticipantState.APPROVED
ANSWERS = {
    "title": "First circle",
    "starts_at": "2026-12-01T17:00",
    "minutes": "60",
    "place": "https://meet.example.org/1",
}


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def berliner(**fields):
    return create_owner(create_organization(time_zone="Europe/Berlin"), **fields)


def mentor(cohort, name: str, state=APPROVED):
    ada = create_member(cohort.organization, name=name, email=f"{name}@example.org")
    return enroll(cohort, ada, side=Side.MENTOR, state=state)


def create_circle(cohort, **fields) -> PeerCircle:
    with inside(cohort.organization_id):
        return PeerCircle.objects.create(
            cohort=cohort, **{"title": "Circle", "starts_at": NOON + timedelta(days=3), **fields}
        )


def test_a_planned_circle_is_told_to_the_approved_mentors(client, mails):
    owner = berliner()
    cohort = create_cohort(owner)
    mentor(cohort, "ada")
    mentor(cohort, "bob", ParticipantState.PENDING)
    enroll(cohort, state=APPROVED)
    login(client, owner)

    answer = client.post(url(owner, "cohort_circle_new", cohort.pk), ANSWERS, follow=True)
    deliver(owner)

    assert "“First circle” is planned." in answer.text
    with inside(owner.organization_id):
        circle = PeerCircle.objects.get()
    assert circle.starts_at == datetime(2026, 12, 1, 16, tzinfo=UTC)
    (mail,) = mails()
    assert mail["To"] == "ada <ada@example.org>"
    assert "https://meet.example.org/1" in text_of(mail, "plain")
    assert "(CET)" in text_of(mail, "plain")


def test_mentors_hear_of_another_time_and_not_of_another_title(client, mails):
    owner = berliner()
    cohort = create_cohort(owner)
    mentor(cohort, "ada")
    login(client, owner)
    client.post(url(owner, "cohort_circle_new", cohort.pk), ANSWERS)
    with inside(owner.organization_id):
        address = url(owner, "cohort_circle_edit", cohort.pk, PeerCircle.objects.get().pk)
    deliver(owner)

    client.post(address, {**ANSWERS, "title": "Circle one"})
    deliver(owner)
    assert len(mails()) == 1
    client.post(address, {**ANSWERS, "starts_at": "2026-12-02T17:00"})
    deliver(owner)
    assert len(mails()) == 2


def test_a_circle_that_is_called_off_is_told_instead(client, mails):
    owner = berliner()
    cohort = create_cohort(owner)
    mentor(cohort, "ada")
    login(client, owner)
    client.post(url(owner, "cohort_circle_new", cohort.pk), ANSWERS)
    with inside(owner.organization_id):
        key = PeerCircle.objects.get().pk

    client.post(url(owner, "cohort_circle_cancel", cohort.pk, key))
    deliver(owner)

    (mail,) = mails()
    assert mail["Subject"] == "Called off: First circle"
    again = client.post(url(owner, "cohort_circle_cancel", cohort.pk, key), follow=True)
    assert "This circle was called off." in again.text


def test_a_circle_cannot_be_planned_in_the_past(client):
    owner = berliner()
    cohort = create_cohort(owner)
    login(client, owner)

    answer = client.post(
        url(owner, "cohort_circle_new", cohort.pk), {**ANSWERS, "starts_at": "2026-11-23T12:00"}
    )

    assert "Choose a time that is still ahead." in answer.text
    assert "First circle" in answer.text


def test_who_came_is_ticked_and_unticked(client):
    owner = berliner()
    cohort = create_cohort(owner)
    ada, bob = mentor(cohort, "ada"), mentor(cohort, "bob")
    mentee = enroll(cohort, state=APPROVED)
    circle = create_circle(cohort, starts_at=NOON - timedelta(days=1))
    login(client, owner)
    address = url(owner, "cohort_circle", cohort.pk, circle.pk)

    def came() -> set:
        with inside(owner.organization_id):
            return set(Attendance.objects.values_list("participant", flat=True))

    client.post(address, {"came": [ada.pk, bob.pk]})
    assert came() == {ada.pk, bob.pk}
    client.post(address, {"came": [bob.pk]})
    assert came() == {bob.pk}
    answer = client.post(address, {"came": [mentee.pk]})
    assert "is not one of the available choices" in answer.text
    assert came() == {bob.pk}


def test_mentors_see_the_circles_ahead_in_their_own_cohorts(client):
    owner = berliner()
    cohort, other = create_cohort(owner), create_cohort(owner, "Autumn")
    ada = mentor(cohort, "ada").member
    mentee = enroll(cohort, state=APPROVED).member
    create_circle(cohort, title="Ahead")
    create_circle(cohort, title="Past", starts_at=NOON - timedelta(days=1))
    create_circle(other, title="Elsewhere")
    address = url(owner, "own_circles")

    seen = login(client, ada).get(address).text
    part = client.get(address, headers={"HX-Request": "true"}).text
    unseen = login(client, mentee).get(address).text

    assert [each in seen for each in ("Ahead", "Past", "Elsewhere")] == [True, False, False]
    assert ("<html" in part, "Ahead" in part) == (False, True)
    assert "Ahead" not in unseen


def test_a_narrowed_admin_reaches_the_circles_of_named_programs_only(client):
    owner = berliner()
    cohort = create_cohort(owner)
    circle = create_circle(cohort)
    admin = create_member(owner.organization, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)
    login(client, admin)

    answers = [
        client.get(url(owner, "cohort_circle", cohort.pk, circle.pk)).status_code,
        client.post(url(owner, "cohort_circle_cancel", cohort.pk, circle.pk)).status_code,
    ]

    assert answers == [404, 404]


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    owner = berliner()
    cohort = create_cohort(owner)
    with inside(owner.organization_id):
        PeerCircle.objects.bulk_create(
            PeerCircle(cohort=cohort, title="C", starts_at=NOON) for _ in range(count)
        )
    login(client, owner)
    client.get(url(owner, "cohort_circles", cohort.pk))

    with django_assert_num_queries(12):
        client.get(url(owner, "cohort_circles", cohort.pk), {"size": "100"})
