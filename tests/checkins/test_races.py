"""Two at once: one answer, one meeting, one mail."""

import pytest
from django.utils import timezone

from mentoring.checkins.enums import Said
from mentoring.checkins.models import CheckIn
from mentoring.checkins.operations.answering import Voice, say, say_met
from mentoring.checkins.operations.asking import Occasion, ask
from mentoring.outbox.models import Message
from programs.enums import Side
from tests.checkins.people import check_ins, create_active, said_by
from tests.factories import inside
from tests.meetings.people import meetings, plan_of
from tests.meetings.test_logs import ago
from tests.pairings.people import today
from tests.pairings.test_races import at_once

pytestmark = pytest.mark.usefixtures("committed_db")


def test_two_workers_ask_once():
    _ada, _carl, pairing = create_active()
    now = timezone.now()

    def deed():
        ask([Occasion(pairing, side, today()) for side in Side], due_at=now, now=now)
        return "asked"

    assert at_once(pairing.organization_id, deed, deed) == ["asked", "asked"]
    assert check_ins(pairing) == [("mentee", False), ("mentor", False)]
    with inside(pairing.organization_id):
        assert Message.objects.filter(kind="checkins.prompt").count() == 2
        assert Message.objects.filter(kind="checkins.repeat").count() == 2


def test_two_windows_of_one_person_give_one_answer():
    ada, _carl, pairing = create_active()
    now = timezone.now()

    def deed(said):
        def run():
            say(Voice(pairing, Side.MENTOR, today()), said, now=now)
            return "said"

        return ada.member_id, run

    done = at_once(pairing.organization_id, deed(Said.ALL_WELL), deed(Said.HELP))
    assert done == ["said", "said"]
    assert len(said_by(ada, pairing)) == 1
    with inside(pairing.organization_id):
        assert CheckIn.objects.filter(pairing=pairing).count() == 1


def test_both_who_note_the_same_meeting_at_once_note_it_once():
    ada, carl, pairing = create_active()
    now, at = timezone.now(), ago(days=2)

    def deed(who):
        def run():
            voice = Voice(pairing, Side(who.side), today())
            return "noted" if say_met(voice, plan_of(at), now=now) else "known"

        return who.member_id, run

    at_once(pairing.organization_id, deed(ada), deed(carl))
    assert len(meetings(pairing)) == 2
    assert (said_by(ada, pairing), said_by(carl, pairing)) == (["met"], ["met"])
