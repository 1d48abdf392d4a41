"""Messages from admins to people of a cohort."""

import pytest
import time_machine

from mentoring.outbox.mailbox import text_of
from programs.enums import ParticipantState, Side
from programs.models import Announcement
from tests.factories import create_member, create_owner, inside, login, url
from tests.programs.people.steps import NOON, create_cohort, deliver, enroll

pytestmark = pytest.mark.django_db
WORDS = {"subject": "Kick-off", "text": "We start on Monday.\n\nBring <questions> & time."}
S = ParticipantState


def post(client, owner, cohort, **data):
    address = url(owner, "cohort_announcement_new", cohort.pk)
    return client.post(address, {"audience": "both", **WORDS, **data}, follow=True)


def recipients(mails) -> list[str]:
    return [str(mail["To"]).rpartition("<")[2].rstrip(">") for mail in mails()]


def person(owner, name: str, **fields):
    return create_member(owner.organization, name=name, email=f"{name}@example.org", **fields)


def test_a_message_is_shown_first_and_sent_then(client, mails):
    owner = create_owner(name="Olga", email="olga@example.org")
    cohort = create_cohort(owner)
    enroll(cohort, person(owner, "ada"), side=Side.MENTOR)
    enroll(cohort, person(owner, "bob"), state=S.APPROVED)
    login(client, owner)

    preview = post(client, owner, cohort)
    deliver(owner)
    assert "Goes to 2 people" in preview.text
    assert "Bring &lt;questions&gt; &amp; time." in preview.text
    assert mails() == []

    answer = post(client, owner, cohort, step="send")
    deliver(owner)
    assert "The message is on its way to 2 people." in answer.text
    assert recipients(mails) == ["ada@example.org", "bob@example.org"]
    mail = mails()[0]
    assert (mail["Subject"], mail["Reply-To"]) == ("Kick-off", "Olga <olga@example.org>")
    assert "Bring <questions> & time." in text_of(mail, "plain")
    assert "Bring &lt;questions&gt; &amp; time." in text_of(mail, "html")
    listed = client.get(url(owner, "cohort_announcements", cohort.pk)).text
    assert "2 of 2 sent" in listed


def test_a_test_goes_to_its_writer_only_and_is_not_listed(client, mails):
    owner = create_owner(email="olga@example.org")
    cohort = create_cohort(owner)
    enroll(cohort)
    login(client, owner)

    answer = post(client, owner, cohort, step="test")
    deliver(owner)

    assert "A test is on its way to you." in answer.text
    (mail,) = mails()
    assert (recipients(mails), mail["Subject"]) == (["olga@example.org"], "Test: Kick-off")
    listed = client.get(url(owner, "cohort_announcements", cohort.pk)).text
    assert "Nothing was sent yet" in listed


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("both", ["approved", "mentor", "pending", "waitlisted"]),
        ("mentor", ["mentor"]),
        ("mentee", ["approved", "pending", "waitlisted"]),
    ],
)
def test_a_message_reaches_those_who_are_enrolled_and_there(client, mails, audience, expected):
    owner = create_owner()
    cohort = create_cohort(owner)
    for state in S:
        enroll(cohort, person(owner, state.value), state=state)
    enroll(cohort, person(owner, "mentor"), side=Side.MENTOR)
    enroll(cohort, person(owner, "gone", deactivated_at=NOON))
    login(client, owner)

    post(client, owner, cohort, audience=audience, step="send")
    deliver(owner)

    assert recipients(mails) == [f"{name}@example.org" for name in expected]


def test_who_withdraws_before_it_is_sent_gets_nothing(client, mails):
    owner = create_owner()
    cohort = create_cohort(owner)
    row = enroll(cohort)
    login(client, owner)
    post(client, owner, cohort, step="send")
    with inside(owner.organization_id):
        row.state = S.WITHDRAWN
        row.save()

    deliver(owner)

    assert mails() == []


def test_somebody_on_both_sides_gets_it_once(client, mails):
    owner = create_owner()
    cohort = create_cohort(owner)
    ada = person(owner, "ada")
    enroll(cohort, ada)
    enroll(cohort, ada, side=Side.MENTOR)
    login(client, owner)

    post(client, owner, cohort, step="send")
    deliver(owner)

    assert recipients(mails) == ["ada@example.org"]


@time_machine.travel(NOON, tick=False)
def test_a_form_that_is_sent_twice_writes_once(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    enroll(cohort)
    login(client, owner)

    for _ in range(2):
        post(client, owner, cohort, step="send")

    with inside(owner.organization_id):
        assert Announcement.objects.count() == 1


def test_people_selected_in_the_list_can_be_written_to(client, mails):
    owner = create_owner()
    cohort = create_cohort(owner)
    ada = enroll(cohort, person(owner, "ada"))
    enroll(cohort, person(owner, "bob"))
    enroll(cohort, person(owner, "cyd"), side=Side.MENTOR)
    login(client, owner)

    act = url(owner, "cohort_people_act", cohort.pk)
    one = client.post(act, {"handling": "message", "selected": ada.pk}, follow=True)
    assert "To 1 selected person: ada" in " ".join(one.text.split())
    side = client.post(
        act, {"handling": "message", "all": "on", "filter": "side=mentee"}, follow=True
    )
    assert "To 2 selected people: ada, bob" in " ".join(side.text.split())

    address = url(owner, "cohort_announcement_new", cohort.pk)
    client.post(address, {**WORDS, "all": "on", "filter": "side=mentee", "step": "send"})
    deliver(owner)
    assert recipients(mails) == ["ada@example.org", "bob@example.org"]


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    owner = create_owner()
    cohort = create_cohort(owner)
    with inside(owner.organization_id):
        Announcement.objects.bulk_create(
            Announcement(cohort=cohort, subject="S", text="T", sent_by=owner, sent_at=NOON)
            for _ in range(count)
        )
    login(client, owner)
    client.get(url(owner, "cohort_announcements", cohort.pk))

    with django_assert_num_queries(13):
        client.get(url(owner, "cohort_announcements", cohort.pk), {"size": "100"})
