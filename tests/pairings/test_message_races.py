"""Writing, taking back and reading at the same moment, in real threads."""

import time
from datetime import timedelta
from threading import Event
from uuid import uuid4

import pytest
from django.utils import timezone

from mentoring.pairings.models import PairMessage
from mentoring.pairings.operations.messages import mark_read, take_back, write
from programs.enums import Side
from tests.factories import inside
from tests.pairings.people import deliver
from tests.pairings.talking import say, texts_of
from tests.pairings.test_message_mails import HELLO, received
from tests.pairings.test_races import at_once
from tests.pairings.test_stepping_out import create_pair

pytestmark = pytest.mark.usefixtures("committed_db")
MINUTE = timedelta(minutes=1)


def test_a_form_sent_twice_at_once_is_one_message():
    ada, carl, pairing = create_pair()
    nonce = uuid4()

    def writing():
        message = write(
            pairing=pairing, side=Side.MENTOR, text="Hello.", nonce=nonce, now=timezone.now()
        )
        return str(message.pk)

    ways = at_once(ada.organization_id, *[(ada.member_id, writing)] * 4)

    assert len(ways) == 4
    assert len(set(ways)) == 1
    assert texts_of(pairing, carl.member) == ["Hello."]


def test_taking_back_and_reading_at_once_leave_both():
    ada, carl, pairing = create_pair()
    message = say(ada, pairing, "Oh no.")

    def taking_back():
        return f"taken back {take_back(message=message, now=timezone.now())}"

    def reading():
        return f"read {mark_read(pairing=pairing, reader=carl.member, now=timezone.now())}"

    outcomes = at_once(ada.organization_id, (ada.member_id, taking_back), (carl.member_id, reading))

    assert outcomes == ["read 1", "taken back True"]
    with inside(ada.organization_id, member_id=ada.member_id):
        row = PairMessage.objects.get()
    assert (row.text, bool(row.removed_at), bool(row.read_at)) == ("", True, True)


def test_what_is_written_while_the_reader_reads_is_read_with_it_or_told_anew(mails):
    ada, carl, pairing = create_pair()
    say(ada, pairing, HELLO)
    deliver(pairing.cohort, at=timezone.now() + 3 * MINUTE)

    is_written = Event()

    def writing():
        values = {"text": HELLO, "nonce": uuid4(), "now": timezone.now()}
        write(pairing=pairing, side=Side.MENTOR, **values)
        is_written.set()
        # Long enough that a reader who did not wait would be done before the commit.
        time.sleep(0.5)
        return "written"

    def reading():
        is_written.wait(timeout=30)
        return str(mark_read(pairing=pairing, reader=carl.member, now=timezone.now()) > 0)

    at_once(ada.organization_id, (ada.member_id, writing), (carl.member_id, reading))
    with inside(pairing.organization_id, member_id=carl.member_id):
        waiting = PairMessage.objects.filter(read_at=None).count()
    deliver(pairing.cohort, at=timezone.now() + 3 * MINUTE)

    assert received(pairing) == 1 + waiting
    assert len(mails()) >= 1
