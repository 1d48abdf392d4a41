"""The mails of surveys: what they say, whom they remind, and when they are no use any more."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Holiday, Member
from mentoring.feedback.models import Response
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.pairings.operations.breaks import pause
from programs.enums import WAVES, Moment, Side
from tests.factories import inside, login, url
from tests.feedback.surveying import (
    AGAIN,
    MONDAY,
    SURVEY,
    WORDS,
    again,
    answer_all,
    ask_in,
    create_asked,
    create_met,
    end,
    mails_to,
    waves_off,
)
from tests.pairings.people import deliver, sent
from tests.programs.people.conftest import mails

__all__ = ["mails"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
SUBJECTS = {
    Moment.BASELINE: "Before you really start with Ada",
    Moment.INTRODUCTION: "How was it to meet Ada?",
    Moment.MIDPOINT: "Half-way with Ada: how is it?",
    Moment.END: "Looking back on your time with Ada",
    Moment.LATER: "Your time with Ada, half a year later",
}


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(MONDAY, tick=False):
        yield


def to(found, who, part: str = ""):
    return [
        each
        for each in found
        if who.member.email in str(each["To"]) and part in text_of(each, "plain")
    ]


@pytest.mark.parametrize("moment", WAVES)
def test_the_mail_says_who_is_who_and_leads_to_the_questions(client, mails, moment):
    _ada, carl, pairing = create_asked(moment)
    answer_all(carl, pairing, moment, is_draft=True)

    deliver(pairing.cohort, at=MONDAY)

    (mail,) = to(mails(), carl, f"/survey/{moment}/")
    text = " ".join(text_of(mail, "plain").split())
    assert mail["Subject"] == SUBJECTS[moment]
    assert "Ada is the mentor. Focus: AI tools." in text
    assert "Three minutes" in text or "three minutes" in text
    assert "It is confidential: Ada does not see it" in text
    assert "It is open until 21 Dec 2026, after you have signed in." in text
    assert WORDS not in text
    assert mail["List-Unsubscribe"]
    address = url(carl.member, "pair_survey", pairing.pk, moment.value)
    assert f"http://testserver{address}" in text
    for part in ("plain", "html"):
        assert address in text_of(mail, part)
    assert client.get(address).status_code == 302
    assert login(client, carl.member).get(address).status_code == 200


def test_who_has_not_answered_is_reminded_once_after_five_working_days(mails):
    ada, carl, pairing = create_asked()
    with inside(pairing.organization_id):
        Holiday.objects.create(date=date(2026, 11, 26), name="Off")
        Message.objects.filter(kind=AGAIN).delete()
        Response.objects.all().delete()
    ask_in(pairing, Moment.INTRODUCTION, now=MONDAY)
    answer_all(ada, pairing, Moment.INTRODUCTION)
    # Monday in a week, and one more for the day off.
    before, day = MONDAY + timedelta(days=7), MONDAY + timedelta(days=8)
    deliver(pairing.cohort, at=before)
    assert sent(pairing.cohort, AGAIN) == []
    for at in (day, day + timedelta(days=7), day + timedelta(days=30)):
        deliver(pairing.cohort, at=at)
    assert sent(pairing.cohort, AGAIN) == [carl.member.email]
    (mail,) = to(mails(), carl, "we do not ask again")
    assert mail["Subject"] == "Still open: a few questions about you and Ada"
    assert f"/survey/{Moment.INTRODUCTION}/" in text_of(mail, "plain")
    assert mails_to(pairing, AGAIN) == {
        "sent": ["mentee@introduction"],
        "skipped": ["mentor@introduction"],
    }


def test_a_draft_is_no_answer_and_is_reminded_of():
    _ada, carl, pairing = create_asked()
    answer_all(carl, pairing, Moment.INTRODUCTION, is_draft=True)
    deliver(pairing.cohort, at=MONDAY + timedelta(days=8))
    assert mails_to(pairing, AGAIN)["sent"] == ["mentee@introduction", "mentor@introduction"]


@pytest.mark.parametrize("why", ["off", "break", "leave", "gone", "ended"])
def test_what_nobody_can_answer_or_wants_to_know_is_not_reminded_of(why):
    _ada, carl, pairing = create_asked()
    if why == "off":
        waves_off(pairing, Moment.INTRODUCTION)
    if why == "ended":
        end(pairing, MONDAY + timedelta(hours=1))
    with inside(pairing.organization_id):
        if why == "break":
            until = date(2027, 1, 20)
            pause(pairing=again(pairing), side=Side.MENTOR, until=until, now=MONDAY)
        fields = {"leave": {"on_leave": True}, "gone": {"deactivated_at": MONDAY}}
        if why in fields:
            Member.objects.filter(pk=carl.member_id).update(**fields[why])
    deliver(pairing.cohort, at=MONDAY + timedelta(days=8))
    reached = [] if why in {"off", "break", "ended"} else ["mentor@introduction"]
    assert mails_to(pairing, AGAIN).get("sent", []) == reached
    assert mails_to(pairing, SURVEY).get("sent", []) == reached


def test_a_mail_that_comes_too_late_does_not_come():
    _ada, _carl, pairing = create_asked()
    deliver(pairing.cohort, at=MONDAY + timedelta(days=29))
    assert list(mails_to(pairing, SURVEY)) == ["expired"]
    assert list(mails_to(pairing, AGAIN)) == ["expired"]


def test_asking_twice_sends_one_mail():
    _ada, _carl, pairing = create_met()
    waves_off(pairing, Moment.BASELINE, Moment.INTRODUCTION)
    for at in (MONDAY, MONDAY + timedelta(days=1)):
        ask_in(pairing, Moment.MIDPOINT, now=at)
    deliver(pairing.cohort, at=MONDAY + timedelta(days=1))
    assert mails_to(pairing, SURVEY) == {"sent": ["mentee@midpoint", "mentor@midpoint"]}
