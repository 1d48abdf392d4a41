"""Who is asked for feedback when a pair has ended, when, and until when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Member
from mentoring.feedback.operations.prompting import ask_for_feedback
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.pairings.operations.closings import Why, begin, complete
from mentoring.pairings.operations.endings import step_out
from programs.enums import Side
from programs.models import Program
from tests.factories import inside
from tests.feedback.people import create_ended, give
from tests.pairings.people import by_day, deliver, sent
from tests.pairings.test_closings import create_met

pytestmark = pytest.mark.django_db

ASK, AGAIN, LAST = "feedback.prompt", "feedback.prompt_again", "feedback.prompt_last"


TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


def planned(pairing):
    """Each kind with the day on which it is due, for the mentor."""
    with inside(pairing.organization_id):
        rows = Message.objects.filter(kind__in=[ASK, AGAIN, LAST], occurrence="mentor")
        return {each.kind: f"{each.due_at:%a %d %b}" for each in rows}


def end_well(ada, carl, pairing):
    """As the two do it themselves."""
    now = timezone.now()
    with inside(pairing.organization_id, member_id=ada.member_id):
        begin(pairing=pairing, side=Side.MENTOR, why=Why(), now=now)
    with inside(pairing.organization_id, member_id=carl.member_id):
        complete(pairing=pairing, side=Side.MENTEE, now=now)


def later(pairing, *, days):
    deliver(pairing.cohort, at=by_day(timezone.now() + timedelta(days=days)))


def test_a_good_end_asks_both_once_again_and_a_last_time(mails, time_machine):
    """On working days, although this organization writes on all days."""
    time_machine.move_to(TUESDAY, tick=False)
    ada, carl, pairing = create_met()
    end_well(ada, carl, pairing)
    both = sorted(each.member.email for each in (ada, carl))
    assert planned(pairing) == {ASK: "Wed 25 Nov", AGAIN: "Wed 02 Dec", LAST: "Fri 04 Dec"}

    later(pairing, days=7)
    assert (sent(pairing.cohort, ASK), sent(pairing.cohort, AGAIN)) == (both, [])
    later(pairing, days=9)
    assert (sent(pairing.cohort, AGAIN), sent(pairing.cohort, LAST)) == (both, [])
    later(pairing, days=10)
    assert sent(pairing.cohort, LAST) == both
    (first,) = [
        each for each in mails() if str(each["Subject"]) == "What would you like to tell Ada?"
    ]
    for page in ("feedback", "closing"):
        assert f"http://testserver/o/{ada.cohort.organization.slug}/pairs/{pairing.pk}/{page}/" in (
            text_of(first, "plain")
        )
    asking = [each for each in mails() if "would like to hear from you" in str(each["Subject"])]
    assert len(asking) == 2


def test_who_has_sent_it_is_not_asked_again(client):
    ada, carl, pairing = create_met()
    end_well(ada, carl, pairing)
    give(client, ada, pairing)
    later(pairing, days=10)
    assert sent(pairing.cohort, ASK) == [carl.member.email]
    assert sent(pairing.cohort, AGAIN) == [carl.member.email]


def test_a_pair_that_ended_otherwise_owes_nobody_a_word():
    ada, _carl, pairing = create_met()
    with inside(pairing.organization_id, member_id=ada.member_id):
        step_out(pairing=pairing, side=Side.MENTOR, now=timezone.now())
    assert planned(pairing) == {}


@pytest.mark.parametrize("change", [{"on_leave": True}, {"deactivated_at": timezone.now()}])
def test_who_is_not_there_is_not_asked(change):
    ada, carl, pairing = create_met()
    end_well(ada, carl, pairing)
    with inside(pairing.organization_id):
        Member.objects.filter(pk=ada.member_id).update(**change)
    later(pairing, days=4)
    assert sent(pairing.cohort, ASK) == [carl.member.email]


def test_with_little_time_there_is_one_prompt_and_no_more():
    _ada, _carl, pairing = create_ended(days=0)
    with inside(pairing.organization_id):
        Program.objects.update(feedback_days=5)
        ask_for_feedback([pairing.pk], now=timezone.now())
    assert planned(pairing).keys() <= {ASK}


def test_asking_twice_is_asking_once():
    _ada, _carl, pairing = create_ended(days=0)
    now = timezone.now()
    with inside(pairing.organization_id):
        for _time in range(2):
            ask_for_feedback([pairing.pk], now=now)
        assert Message.objects.filter(kind=ASK).count() == 2
        assert Message.objects.filter(kind="feedback.open").count() == 1


def test_a_mail_that_comes_too_late_is_worth_nothing():
    ada, carl, pairing = create_met()
    end_well(ada, carl, pairing)
    later(pairing, days=20)
    assert sent(pairing.cohort, ASK) == []
