"""Two at once, in real threads: asked once, sent once, and a late draft changes nothing."""

import pytest
from django.utils import timezone

from mentoring.feedback.models import Answers, Response
from mentoring.feedback.operations.answering import NotNow, SentAlready, Voice, begin, save, send
from mentoring.feedback.operations.asking import AGAIN, ASK, SURVEY, Occasion, ask, plan_waves
from mentoring.feedback.waves import WHILE_A_PAIR
from mentoring.outbox.models import Message
from programs.enums import Moment, Side
from programs.models import FeedbackForm
from tests.factories import inside
from tests.feedback.surveying import (
    again,
    answers_of,
    asked,
    both,
    create_asked,
    create_beginners,
    create_met,
    questions_of,
    said_to,
)
from tests.pairings.test_races import at_once

pytestmark = pytest.mark.usefixtures("committed_db")
MOMENT = Moment.INTRODUCTION


def acting(who, pairing, act, words):
    """Do it as that person, with all questions answered in these words."""
    questions = questions_of(who, pairing, MOMENT)
    voice = Voice(again(pairing), Side(who.side), MOMENT)

    def deed():
        try:
            act(voice, said_to(questions, words), now=timezone.now())
        except SentAlready:
            return "late"
        except NotNow:
            return "over"
        return words

    return who.member_id, deed


def test_of_two_sendings_at_once_one_counts():
    ada, _carl, pairing = create_asked(MOMENT)
    deeds = [acting(ada, pairing, send, words) for words in ("one", "two")]
    done = at_once(pairing.organization_id, *deeds)
    assert done in (["late", "one"], ["late", "two"])
    assert answers_of(ada, pairing, MOMENT)[1] == done[1]


def test_a_draft_and_a_sending_at_once_leave_what_was_sent():
    ada, _carl, pairing = create_asked(MOMENT)
    deeds = [acting(ada, pairing, save, "draft"), acting(ada, pairing, send, "sent")]
    done = at_once(pairing.organization_id, *deeds)
    assert done in (["draft", "sent"], ["late", "sent"])
    assert answers_of(ada, pairing, MOMENT)[1] == "sent"
    with inside(pairing.organization_id):
        assert Response.objects.filter(sent_at__isnull=False).count() == 1


def test_two_windows_that_open_at_once_begin_one_form():
    ada, _carl, pairing = create_asked(MOMENT)
    voice = Voice(again(pairing), Side.MENTOR, MOMENT)

    def deed():
        return str(begin(voice, now=timezone.now()).form_id)

    first, second = at_once(pairing.organization_id, (ada.member_id, deed), (ada.member_id, deed))
    assert first == second
    with inside(pairing.organization_id):
        assert FeedbackForm.objects.filter(moment=MOMENT, writer=Side.MENTOR).count() == 1
        assert Answers.objects.count() == 0


def test_two_workers_ask_once():
    _ada, _carl, pairing = create_met()
    now = timezone.now()
    found = again(pairing)

    def deed():
        ask([Occasion(found, side, MOMENT) for side in Side], due_at=now, now=now)
        return "asked"

    assert at_once(pairing.organization_id, deed, deed) == ["asked", "asked"]
    assert asked(pairing) == both(MOMENT)
    with inside(pairing.organization_id):
        for kind in (SURVEY, AGAIN):
            assert Message.objects.filter(kind=kind).count() == 2


def test_two_who_plan_at_once_plan_once():
    now = timezone.now()
    pairing = create_beginners(now)

    def deed():
        plan_waves([pairing.pk], WHILE_A_PAIR, now=now)
        return "planned"

    assert at_once(pairing.organization_id, deed, deed) == ["planned", "planned"]
    with inside(pairing.organization_id):
        assert Message.objects.filter(kind=ASK).count() == 2
