"""Invitations as calendars get them, read by another library than the one that wrote them."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
import vobject

from accounts.models import Member
from mentoring.outbox.mailbox import text_of
from tests.factories import inside
from tests.meetings.people import PLACE, create_pair, plan, send, typed
from tests.meetings.test_logs import ago
from tests.pairings.people import answer, deliver

pytestmark = pytest.mark.django_db
EVIL = "x\r\nATTENDEE:mailto:evil@example.org;a,b:c\u202e\x07"


def calendar_part(mail: EmailMessage) -> EmailMessage:
    (part,) = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
    return part


def read(mail: EmailMessage):
    """The method of the part, and what is in it."""
    part = calendar_part(mail)
    return part.get_param("method"), vobject.readOne(part.get_content())


def mails_to(mails, who):
    return [each for each in mails() if who.member.email in each["To"]]


def entries_for(mails, who):
    """The mails to somebody that calendars read, in the order of their numbers."""
    found = [
        each
        for each in mails_to(mails, who)
        if any(part.get_content_type() == "text/calendar" for part in each.walk())
    ]
    return sorted(found, key=lambda each: read(each)[1].vevent.sequence.value)


def test_both_get_an_entry_with_one_identity_and_their_partners_name(mails):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=carl, place=PLACE, minutes=60)
    deliver(pairing.cohort)

    for who, partner in ((ada, carl), (carl, ada)):
        (mail,) = entries_for(mails, who)
        method, calendar = read(mail)
        event = calendar.vevent
        assert method == calendar.method.value == "REQUEST"
        assert event.uid.value.startswith(str(meeting.pk))
        assert event.sequence.value == "0"
        assert event.dtstart.value == meeting.starts_at
        assert event.dtend.value - event.dtstart.value == timedelta(minutes=60)
        assert event.summary.value == f"{partner.member} · {pairing.cohort.program}"
        assert event.location.value == PLACE
        assert event.status.value == "CONFIRMED"
        assert getattr(event, "class").value == "PRIVATE"
        assert event.organizer.value == "MAILTO:mentoring@localhost"
        addresses = {each.value.lower() for each in event.attendee_list}
        assert addresses == {f"mailto:{each.member.email}" for each in (ada, carl)}
        assert [each.get_filename() for each in mail.iter_attachments()] == ["invite.ics"]
    assert "Ada is the mentor." in read(entries_for(mails, carl)[0])[1].vevent.description.value


def test_a_move_and_the_end_are_the_same_entry_with_the_next_number(client, mails):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=carl)
    deliver(pairing.cohort)
    at = ago(days=-9)
    send(client, ada, "meeting_move", meeting.pk, typed(at, seen=0))
    deliver(pairing.cohort)
    send(client, ada, "meeting_cancel", meeting.pk, {"reason": "urgent", "seen": 1})
    deliver(pairing.cohort)

    found = [read(each) for each in entries_for(mails, carl)]

    assert [method for method, _ in found] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [calendar.vevent for _, calendar in found]
    assert len({each.uid.value for each in events}) == 1
    assert [each.sequence.value for each in events] == ["0", "1", "2"]
    assert [each.status.value for each in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert events[1].dtstart.value == at
    told = text_of(entries_for(mails, carl)[-1], "plain")
    assert "Ada called off your meeting.\r\n\r\nReason: Something urgent came up." in told


def test_a_version_that_is_not_in_force_any_more_is_not_sent(client, mails):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=carl)
    send(client, ada, "meeting_move", meeting.pk, typed(ago(days=-9), seen=0))
    deliver(pairing.cohort)
    found = [each for each in mails_to(mails, carl) if "eeting" in each["Subject"]]
    assert [each["Subject"].partition(":")[0] for each in found] == ["Changed"]


def test_an_ended_pair_hears_that_the_meeting_does_not_take_place(client, mails):
    ada, carl, pairing = create_pair()
    plan(pairing, by=carl)
    deliver(pairing.cohort)
    answer(client, carl, pairing, "step_out")
    deliver(pairing.cohort)

    (mail,) = [each for each in mails_to(mails, ada) if each["Subject"].startswith("Called off")]

    assert read(mail)[0] == "CANCEL"
    assert "Carl called off" not in text_of(mail, "plain")
    assert "The meeting with Carl does not take place." in text_of(mail, "plain")


def test_nothing_can_be_smuggled_into_entry_or_mail(client, mails):
    ada, carl, pairing = create_pair()
    with inside(ada.organization_id):
        Member.objects.filter(pk=carl.member_id).update(name=f'Carl "{EVIL}"')
    send(client, ada, "meeting_plan", pairing.pk, typed(ago(days=-3), place=f"Room {EVIL}"))
    deliver(pairing.cohort)

    (mail,) = entries_for(mails, ada)
    event = read(mail)[1].vevent

    assert {each.value.lower() for each in event.attendee_list} == {
        f"mailto:{each.member.email}" for each in (ada, carl)
    }
    smuggled = "x ATTENDEE:mailto:evil@example.org;a,b:c"
    assert event.location.value == f"Room {smuggled}"
    assert event.summary.value == f'Carl "{smuggled} " · {pairing.cohort.program}'
    lines = calendar_part(mail).get_content().splitlines()
    assert [line for line in lines if line.startswith("ATTENDEE:")] == []
    assert "\u202e" not in mail["Subject"]
    assert "evil@example.org" not in mail["To"]


def test_a_place_is_one_line_also_when_no_form_has_cleaned_it(mails):
    _ada, carl, pairing = create_pair()
    plan(pairing, by=carl, place=f"Room {EVIL}")
    deliver(pairing.cohort)
    (mail,) = entries_for(mails, carl)
    assert read(mail)[1].vevent.location.value == "Room x ATTENDEE:mailto:evil@example.org;a,b:c"


def test_the_mail_says_who_the_mentor_is_and_the_focus(mails):
    _ada, carl, pairing = create_pair()
    plan(pairing, by=carl)
    deliver(pairing.cohort)
    text = text_of(entries_for(mails, carl)[-1], "plain")
    assert "Ada is the mentor. Focus: AI tools." in text
