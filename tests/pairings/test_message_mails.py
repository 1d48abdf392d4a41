"""The notice of a message: without its content, once for all that is unread, and only if wanted."""

from datetime import timedelta

import pytest
import time_machine

from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.pairings.operations.messages import KIND, mark_read, take_back
from programs.models import Participant
from tests.factories import inside
from tests.pairings.people import MONDAY, answer, days, deliver, sent
from tests.pairings.talking import conversation, say
from tests.pairings.test_stepping_out import create_pair

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HELLO = "My idea is a secret."


def read(pairing, reader, *, at):
    with inside(pairing.organization_id, member_id=reader.member_id):
        mark_read(pairing=pairing, reader=reader.member, now=at)


def withdraw(message, *, at):
    with inside(message.organization_id, member_id=message.writer_id):
        assert take_back(message=message, now=at)


def received(pairing) -> int:
    return len(sent(pairing.cohort, KIND))


def test_it_goes_out_after_two_minutes_with_the_roles_and_without_the_words(mails):
    ada, carl, pairing = create_pair()
    deliver(pairing.cohort)
    before = len(mails())
    say(ada, pairing, HELLO, now=MONDAY)
    deliver(pairing.cohort, at=MONDAY + 1.9 * MINUTE)
    assert len(mails()) == before

    deliver(pairing.cohort, at=MONDAY + 2 * MINUTE)

    (mail,) = [each for each in mails() if "wrote to you" in str(each["Subject"])]
    assert str(mail["Subject"]) == "Ada wrote to you"
    assert carl.member.email in str(mail["To"])
    text = text_of(mail, "plain")
    assert "Ada is the mentor. Focus: AI tools." in text
    assert f"/pairs/{pairing.pk}/messages/#newest" in text
    assert mail["Reply-To"] is None
    whole = mail.as_string()
    assert ada.member.email not in whole
    assert "secret" not in text + text_of(mail, "html")


def test_the_mentor_is_told_that_they_are_the_mentor(mails):
    _ada, carl, pairing = create_pair()
    say(carl, pairing, HELLO, now=MONDAY)
    deliver(pairing.cohort, at=MONDAY + 3 * MINUTE)

    (mail,) = [each for each in mails() if str(each["Subject"]) == "Carl wrote to you"]
    assert "You are the mentor. Focus: AI tools." in text_of(mail, "plain")


def test_more_messages_before_the_reader_has_looked_make_no_more_mails():
    ada, _carl, pairing = create_pair()
    for minute in (0, 1, 5, 300, 3000):
        say(ada, pairing, HELLO, now=MONDAY + minute * MINUTE)
        deliver(pairing.cohort, at=MONDAY + (minute + 2) * MINUTE)

    assert received(pairing) == 1


def test_after_reading_the_next_message_is_told_again():
    ada, carl, pairing = create_pair()
    say(ada, pairing, HELLO, now=MONDAY)
    deliver(pairing.cohort, at=MONDAY + 2 * MINUTE)
    read(pairing, carl, at=MONDAY + 3 * MINUTE)
    say(ada, pairing, HELLO, now=MONDAY + 4 * MINUTE)
    deliver(pairing.cohort, at=MONDAY + 6 * MINUTE)

    assert received(pairing) == 2


def test_each_of_the_two_is_told_on_their_own():
    ada, carl, pairing = create_pair()
    for each in (ada, carl):
        say(each, pairing, HELLO, now=MONDAY)
    deliver(pairing.cohort, at=MONDAY + 2 * MINUTE)

    assert sent(pairing.cohort, KIND) == sorted([ada.member.email, carl.member.email])


def test_what_was_read_meanwhile_needs_no_mail(client):
    ada, carl, pairing = create_pair()
    say(ada, pairing, HELLO, now=MONDAY)
    with time_machine.travel(MONDAY + MINUTE, tick=False):
        conversation(client, carl.member, pairing)
    deliver(pairing.cohort, at=MONDAY + 2 * MINUTE)

    assert received(pairing) == 0


def test_what_was_taken_back_meanwhile_needs_no_mail_and_the_next_message_does():
    ada, _carl, pairing = create_pair()
    message = say(ada, pairing, HELLO, now=MONDAY)
    withdraw(message, at=MONDAY + MINUTE)
    deliver(pairing.cohort, at=MONDAY + 2 * MINUTE)
    assert received(pairing) == 0

    say(ada, pairing, HELLO, now=MONDAY + 10 * MINUTE)
    deliver(pairing.cohort, at=MONDAY + 12 * MINUTE)
    assert received(pairing) == 1


def test_a_second_message_is_told_when_the_first_was_taken_back():
    ada, _carl, pairing = create_pair()
    first = say(ada, pairing, HELLO, now=MONDAY)
    say(ada, pairing, HELLO, now=MONDAY + MINUTE)
    withdraw(first, at=MONDAY + 1.5 * MINUTE)
    deliver(pairing.cohort, at=MONDAY + 20 * MINUTE)

    assert received(pairing) == 1


def test_writing_and_taking_back_over_and_over_is_one_mail():
    ada, _carl, pairing = create_pair()
    for minute in range(0, 15, 3):
        message = say(ada, pairing, HELLO, now=MONDAY + minute * MINUTE)
        deliver(pairing.cohort, at=MONDAY + (minute + 2) * MINUTE)
        withdraw(message, at=MONDAY + (minute + 2.5) * MINUTE)

    assert received(pairing) == 1


@pytest.mark.parametrize("how", ["on leave", "break", "gone", "ended"])
def test_whoever_is_not_there_gets_no_mail(client, how):
    ada, carl, pairing = create_pair()
    say(ada, pairing, HELLO, now=MONDAY)
    with inside(pairing.organization_id):
        people = type(carl.member).objects.filter(pk=carl.member_id)
        if how == "on leave":
            people.update(on_leave=True)
        if how == "gone":
            people.update(deactivated_at=MONDAY)
        if how == "break":
            until = (MONDAY + days(9)).date()
            Participant.objects.filter(pk=carl.pk).update(paused_until=until)
    if how == "ended":
        answer(client, ada, pairing, "step_out")
    deliver(pairing.cohort, at=MONDAY + 2 * MINUTE)

    assert received(pairing) == 0


def test_who_is_back_hears_of_the_next_message():
    ada, carl, pairing = create_pair()
    with inside(pairing.organization_id):
        people = type(carl.member).objects.filter(pk=carl.member_id)
        people.update(on_leave=True)
    say(ada, pairing, HELLO, now=MONDAY)
    deliver(pairing.cohort, at=MONDAY + 2 * MINUTE)
    with inside(pairing.organization_id):
        people.update(on_leave=False)
    say(ada, pairing, HELLO, now=MONDAY + days(1))
    deliver(pairing.cohort, at=MONDAY + days(1) + 2 * MINUTE)

    assert received(pairing) == 1


def test_a_worker_that_looks_twice_sends_one():
    ada, _carl, pairing = create_pair()
    say(ada, pairing, HELLO, now=MONDAY)
    for _ in range(2):
        deliver(pairing.cohort, at=MONDAY + 2 * MINUTE)

    assert received(pairing) == 1
    with inside(pairing.organization_id):
        assert Message.objects.filter(kind=KIND).count() == 1
