"""Links without signing in: noting a meeting from a mail, and the feed of a calendar."""

import re
from datetime import timedelta

import pytest
import vobject
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from mentoring.meetings.models import Meeting
from mentoring.meetings.tokens import log_url
from mentoring.outbox.mailbox import text_of
from programs.enums import Side
from tests.factories import create_member, create_organization, inside, login, reload, url
from tests.meetings.people import PLACE, create_pair, deeds, held, look, plan
from tests.meetings.test_logs import ago, create_old_pair, planned_for_yesterday
from tests.pairings.people import answer, by_day, deliver

pytestmark = pytest.mark.django_db


def path_of(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


def test_the_mail_after_a_meeting_lets_one_note_it_without_signing_in(mails):
    _ada, carl, pairing = create_old_pair()
    meeting = planned_for_yesterday(pairing, carl)
    deliver(pairing.cohort, at=by_day(timezone.now()))
    (mail,) = [
        each
        for each in mails()
        if "Did you and Ada meet" in each["Subject"] and carl.member.email in each["To"]
    ]
    (link,) = set(re.findall(r"http\S+/meetings/[0-9a-f-]{36}/\S{40,}", text_of(mail, "plain")))
    nobody = Client()

    shown = nobody.get(path_of(link))
    assert reload(meeting).state == "planned"
    noted = nobody.post(path_of(link), {"minutes": 30})

    assert "Yes, we met" in shown.text
    assert "Noted. Thank you." in noted.text
    found = reload(meeting)
    assert (found.state, found.minutes, found.held_noted_by) == ("held", 30, "mentee")
    assert deeds(meeting) == [("planned", "mentee"), ("logged", "mentee")]
    for page in (shown, noted):
        assert "Ada" not in page.text
        assert "Carl" not in page.text


def test_the_question_is_not_asked_once_somebody_has_noted_it(client, mails):
    ada, carl, pairing = create_old_pair()
    meeting = planned_for_yesterday(pairing, carl)
    login(client, ada.member).post(url(ada.member, "meeting_held", meeting.pk), {"seen": 0})
    deliver(pairing.cohort)
    assert [each for each in mails() if "Did you and" in each["Subject"]] == []


def test_the_link_says_so_when_the_meeting_is_ahead_called_off_or_noted():
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada, starts_at=ago(days=-3))
    link = path_of(log_url(meeting, Side.MENTEE))
    nobody = Client()

    assert "This meeting is still ahead." in nobody.get(link).text
    assert "This meeting is still ahead." in nobody.post(link, {"minutes": 45}).text
    assert reload(meeting).state == "planned"
    login(Client(), carl.member).post(
        url(carl.member, "meeting_cancel", meeting.pk), {"reason": "away", "seen": 0}
    )
    assert "This meeting was called off" in nobody.get(link).text


@pytest.mark.parametrize("how", ["changed", "organization", "ended", "gone", "cut"])
def test_a_link_that_is_not_ours_or_too_late_opens_nothing(client, how):
    _ada, carl, pairing = create_old_pair()
    meeting = planned_for_yesterday(pairing, carl)
    link = path_of(log_url(meeting, Side.MENTEE))
    if how == "changed":
        link = link[:-3] + ("y" if link[-3] == "x" else "x") + link[-2:]
        assert link != path_of(log_url(meeting, Side.MENTEE))
    if how == "cut":
        link = link[:-8] + "/"
    if how == "organization":
        other = create_organization()
        link = link.replace(str(meeting.organization_id), str(other.pk))
    if how == "ended":
        answer(client, carl, pairing, "step_out")
    if how == "gone":
        with inside(pairing.organization_id):
            Member.objects.filter(pk=carl.member_id).update(deactivated_at=timezone.now())
    before = reload(meeting).state

    for answered in (Client().get(link), Client().post(link, {"minutes": 45})):
        assert answered.status_code == 404
        assert "This link does not work any more" in answered.text
    assert reload(meeting).state == before


def open_feed(client, who) -> str:
    said = login(client, who.member).post(
        url(who.member, "calendar_address"), {"what": "open"}, follow=True
    )
    (address,) = set(re.findall(r'value="(http[^"]+\.ics)"', said.text))
    return path_of(address)


def test_a_calendar_reads_the_own_meetings_at_a_private_address(client):
    ada, carl, pairing = create_old_pair()
    met = held(pairing, by=carl, starts_at=ago(days=3))
    ahead = plan(pairing, by=carl, place=PLACE)
    address = open_feed(client, ada)

    answered = Client().get(address)

    assert answered["Content-Type"] == "text/calendar; charset=utf-8"
    events = vobject.readOne(answered.text).vevent_list
    assert [each.uid.value.split("@")[0] for each in events] == [str(met.pk), str(ahead.pk)]
    assert [each.dtstart.value for each in events] == [met.starts_at, ahead.starts_at]
    assert events[1].location.value == PLACE
    assert events[1].summary.value == f"Carl · {pairing.cohort.program}"


def test_the_address_shows_the_own_meetings_only_and_never_another_organizations(client):
    ada, carl, pairing = create_pair()
    plan(pairing, by=carl)
    stranger = create_member(pairing.cohort.organization)
    login(client, stranger)
    said = client.post(url(stranger, "calendar_address"), {"what": "open"}, follow=True)
    (address,) = set(re.findall(r'value="(http[^"]+\.ics)"', said.text))
    assert "VEVENT" not in Client().get(path_of(address)).text
    other = create_organization()
    own = open_feed(client, ada)
    elsewhere = own.replace(str(ada.organization_id), str(other.pk))
    assert Client().get(elsewhere).status_code == 404


@pytest.mark.parametrize("what", ["renew", "close"])
def test_an_address_can_be_replaced_or_taken_away(client, what):
    ada, carl, pairing = create_pair()
    plan(pairing, by=carl)
    old = open_feed(client, ada)
    assert open_feed(client, ada) == old

    client.post(url(ada.member, "calendar_address"), {"what": what})

    assert Client().get(old).status_code == 404
    shown = look(client, ada, "own_calendar").text
    assert (".ics" in shown) == (what == "renew")
    assert old not in shown


def test_who_has_left_reads_nothing_any_more(client):
    ada, _carl, _pairing = create_pair()
    address = open_feed(client, ada)
    with inside(ada.organization_id):
        Member.objects.filter(pk=ada.member_id).update(deactivated_at=timezone.now())
    assert Client().get(address).status_code == 404


def test_old_meetings_and_those_called_off_are_not_in_the_calendar(client):
    ada, carl, pairing = create_old_pair()
    held(pairing, by=carl, starts_at=ago(days=200))
    off = plan(pairing, by=carl)
    address = open_feed(client, ada)
    login(client, carl.member).post(
        url(carl.member, "meeting_cancel", off.pk), {"reason": "away", "seen": 0}
    )
    assert "VEVENT" not in Client().get(address).text
    with inside(ada.organization_id):
        assert Meeting.objects.count() == 2
    assert timezone.now() - timedelta(days=180) > ago(days=200)
