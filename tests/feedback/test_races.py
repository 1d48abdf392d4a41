"""Two windows and two workers at once."""

import pytest
from django.utils import timezone

from mentoring.feedback.models import Response
from mentoring.feedback.operations.answering import SentAlready, Voice, begin, save, send
from mentoring.feedback.operations.opening import open_due
from mentoring.outbox.models import Message
from programs.enums import Moment, Side
from tests.factories import inside
from tests.feedback.people import create_ended, questions, said_by
from tests.pairings.test_races import at_once

pytestmark = pytest.mark.usefixtures("committed_db")


def deed(pairing, who, what, *said):
    """Do it as that person; what came of it."""
    voice = Voice(pairing, Side(who.side), Moment.PARTNER)
    key = questions(pairing, who.side)[-1].key

    def run():
        now = timezone.now()
        try:
            what(voice, *({key: word} for word in said), now=now)
        except SentAlready:
            return "late"
        return "done"

    return who.member_id, run


def test_windows_that_send_at_once_send_one():
    ada, _carl, pairing = create_ended()
    at_once(pairing.organization_id, deed(pairing, ada, begin))
    deeds = [deed(pairing, ada, send, word) for word in ("one", "two", "three", "four")]
    done = at_once(pairing.organization_id, *deeds)
    assert sorted(done) == ["done", "late", "late", "late"]
    assert len(said_by(ada, pairing)) == 1


def test_a_draft_and_a_sending_at_once_leave_it_sent():
    ada, _carl, pairing = create_ended()
    at_once(pairing.organization_id, deed(pairing, ada, begin))
    at_once(
        pairing.organization_id,
        deed(pairing, ada, save, "draft"),
        deed(pairing, ada, send, "sent"),
    )
    assert said_by(ada, pairing) == ["sent"]


def test_two_that_begin_at_once_have_one_form():
    ada, _carl, pairing = create_ended()
    assert at_once(pairing.organization_id, *[deed(pairing, ada, begin)] * 2) == ["done", "done"]
    with inside(pairing.organization_id):
        assert Response.objects.count() == 1


def test_both_who_send_at_once_are_both_told_once():
    ada, carl, pairing = create_ended()
    at_once(
        pairing.organization_id,
        deed(pairing, ada, send, "to Carl"),
        deed(pairing, carl, send, "to Ada"),
    )

    def hand_over():
        open_due([pairing.pk], now=timezone.now())
        return "done"

    at_once(pairing.organization_id, hand_over, hand_over)
    assert said_by(ada, pairing, reader=carl) == ["to Carl"]
    assert said_by(carl, pairing, reader=ada) == ["to Ada"]
    with inside(pairing.organization_id):
        assert Message.objects.filter(kind="feedback.arrived").count() == 2
