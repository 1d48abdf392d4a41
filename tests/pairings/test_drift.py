"""A pair that falls behind its own rhythm: who hears of it, when, and who does not."""

from datetime import time, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Member
from accounts.operations.people import change_record
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.pairings.drift import EVERY, Drift, drift_of
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.breaks import pause
from mentoring.pairings.operations.lifecycle import note_meetings
from mentoring.pairings.queries.drift import drifts_of
from programs.enums import Cadence, Side
from tests.factories import create_member, create_owner, inside, reload
from tests.pairings.agreeing import agree
from tests.pairings.people import BERLIN, answer, by_day, days, deliver, sent
from tests.pairings.test_stepping_out import create_pair

pytestmark = pytest.mark.django_db
PROMPT, ACT = "pairings.drift_prompt", "pairings.drift_act"
WEDNESDAY = 2


def met(pairing, at, *, planned_at=None, now=None):
    """The pair met at that time, for the first and the last time."""
    with inside(pairing.organization_id):
        found = Pairing.objects.with_people().locked().get(pk=pairing.pk)
        note_meetings(found, first_at=at, last_at=at, planned_at=planned_at, now=now or at)
    return found


def prompted(pairing) -> list[str]:
    return sent(pairing.cohort, PROMPT)


@pytest.mark.parametrize("cadence", Cadence)
def test_each_level_is_reached_at_its_multiple_of_the_pairs_own_rhythm(cadence):
    at = timezone.now()
    pairing = Pairing(state=PairingState.ACTIVE, began_at=at - days(99), last_met_at=at)
    for drift, factor in ((Drift.PROMPT, 1.5), (Drift.SEEN, 2), (Drift.ACT, 3)):
        moment = at + EVERY[cadence] * factor
        before = drift_of(pairing, cadence, now=moment - timedelta(seconds=1))
        assert (before, drift_of(pairing, cadence, now=moment)) == (Drift(drift - 1), drift)
    assert [a < b for a, b in pairwise(sorted(EVERY.values()))] == [True, True]


@pytest.mark.parametrize("state", [PairingState.PAUSED, PairingState.CLOSING, "withdrawn"])
def test_a_pair_that_has_a_break_or_closes_is_not_behind(state):
    at = timezone.now()
    pairing = Pairing(state=state, began_at=at - days(400))
    assert drift_of(pairing, Cadence.FORTNIGHTLY, now=at) == Drift.NONE


def test_at_one_and_a_half_both_are_prompted_privately_in_the_morning(mails):
    ada, carl, pairing = create_pair()
    owner = create_owner(ada.cohort.organization)
    at = timezone.now()
    met(pairing, at)
    late = at + days(45)

    deliver(ada.cohort, at=late - days(1))
    assert prompted(pairing) == []
    deliver(ada.cohort, at=by_day(late + days(1)))

    assert prompted(pairing) == sorted([ada.member.email, carl.member.email])
    assert [each for each in mails() if owner.email in each["To"]] == []
    texts = {
        each["To"]: text_of(each, "plain") for each in mails() if "next date" in each["Subject"]
    }
    (to_carl,) = [text for to, text in texts.items() if carl.member.email in to]
    assert "You and Ada last met on" in to_carl
    assert "I let it slide, and I am sorry." in to_carl
    assert "Ada is the mentor. Focus: AI tools." in to_carl


@pytest.mark.parametrize("why", ["met", "planned", "break", "ended", "leave", "rhythm"])
def test_no_prompt_when_it_is_not_wanted_any_more(client, why):
    ada, carl, pairing = create_pair()
    at = timezone.now()
    met(pairing, at)
    late = by_day(at + days(46))
    if why == "met":
        met(pairing, at + days(40))
    if why == "planned":
        met(pairing, at, planned_at=late + days(3))
    if why == "ended":
        answer(client, ada, pairing, "step_out")
    with inside(ada.organization_id):
        if why == "break":
            pause(pairing=pairing, side=Side.MENTOR, until=(at + days(90)).date(), now=at)
        if why == "leave":
            Member.objects.filter(pk=carl.member_id).update(on_leave=True)
    if why == "rhythm":
        agree(reload_with_people(pairing), cadence=Cadence.QUARTERLY)

    deliver(ada.cohort, at=late)

    assert prompted(pairing) == []


def reload_with_people(pairing):
    with inside(pairing.organization_id):
        return Pairing.objects.with_people().get(pk=pairing.pk)


def test_each_meeting_begins_the_count_anew():
    ada, _carl, pairing = create_pair()
    at = timezone.now()
    met(pairing, at + days(10))
    deliver(ada.cohort, at=by_day(at + days(46)))
    assert prompted(pairing) == []
    deliver(ada.cohort, at=by_day(at + days(56)))
    assert len(prompted(pairing)) == 2


def test_a_prompt_is_not_lost_when_its_morning_comes_before_the_very_hour():
    ada, carl, pairing = create_pair()
    owner = create_owner(ada.cohort.organization)
    with inside(ada.organization_id):
        Message.objects.all().delete()
    early = (timezone.now() + days(10)).replace(hour=6, minute=0)
    # So that it is 45 days on a day on which people are at work in both places.
    early += days((WEDNESDAY - (early + days(45)).weekday()) % 7)
    met(pairing, early)
    planned = _prompts(pairing)
    # Their clocks go ahead by so much that the same morning comes before it is 45 days.
    with inside(ada.organization_id):
        for each in (ada, carl):
            values = {"time_zone": "Pacific/Kiritimati"}
            change_record(member=each.member, values=values, actor=owner, now=early)
    moved = _prompts(pairing)
    assert [each.due_on for each in moved] == [each.due_on for each in planned]
    assert max(each.due_at for each in moved) < early + days(45)

    deliver(ada.cohort, at=moved[0].due_at)

    assert len(prompted(pairing)) == 2


def _prompts(pairing) -> list[Message]:
    with inside(pairing.organization_id):
        return list(Message.objects.filter(kind=PROMPT, subject_id=pairing.pk, state="queued"))


def test_another_rhythm_is_watched_from_then_on():
    ada, _carl, pairing = create_pair()
    at = timezone.now()
    met(pairing, at)
    agree(reload_with_people(pairing), cadence=Cadence.FORTNIGHTLY)
    deliver(ada.cohort, at=by_day(at + days(22)))
    assert len(prompted(pairing)) == 2
    deliver(ada.cohort, at=by_day(at + days(46)))
    assert len(prompted(pairing)) == 2


def test_at_three_times_those_who_run_it_are_asked_to_act_and_nothing_ends_by_itself(mails):
    ada, _carl, pairing = create_pair()
    admin = create_member(ada.cohort.organization, roles=[Role.PROGRAM_ADMIN])
    at = timezone.now()
    met(pairing, at)

    deliver(ada.cohort, at=at + days(89))
    assert sent(ada.cohort, ACT) == []
    deliver(ada.cohort, at=at + days(90.1))
    with inside(ada.organization_id):
        (asks,) = Message.objects.filter(kind=ACT)
    assert asks.due_at.astimezone(BERLIN).time() == time(9)
    deliver(ada.cohort, at=at + days(91.2))

    assert sent(ada.cohort, ACT) == [admin.email]
    (mail,) = [each for each in mails() if admin.email in each["To"]]
    assert "Ada and Carl last met on" in text_of(mail, "plain")
    assert "AI tools" not in text_of(mail, "plain")
    assert reload(pairing).state == "active"
    deliver(ada.cohort, at=at + days(200))
    assert sent(ada.cohort, ACT) == [admin.email]


def test_nobody_is_asked_to_act_on_the_own_pair():
    ada, carl, pairing = create_pair()
    with inside(ada.organization_id):
        Member.objects.filter(pk=carl.member_id).update(roles=[Role.OWNER])
    met(pairing, timezone.now())
    deliver(ada.cohort, at=timezone.now() + days(91))
    deliver(ada.cohort, at=timezone.now() + days(93))
    assert sent(ada.cohort, ACT) == []


def test_nobody_is_asked_to_act_once_the_two_have_met_again():
    ada, _carl, pairing = create_pair()
    create_owner(ada.cohort.organization)
    at = timezone.now()
    met(pairing, at)
    met(pairing, at + days(80))
    deliver(ada.cohort, at=at + days(91))
    deliver(ada.cohort, at=at + days(93))
    assert sent(ada.cohort, ACT) == []


def test_a_pair_that_never_met_counts_from_its_beginning():
    ada, _carl, pairing = create_pair()
    owner = create_owner(ada.cohort.organization)
    deliver(ada.cohort, at=timezone.now() + days(91))
    deliver(ada.cohort, at=timezone.now() + days(93))
    assert owner.email in sent(ada.cohort, ACT)
    with inside(ada.organization_id):
        rows = list(Pairing.objects.all())
        now = timezone.now() + days(61)
        assert drifts_of(rows, now=now) == {pairing.pk: Drift.SEEN}
