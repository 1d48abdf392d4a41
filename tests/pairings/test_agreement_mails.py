"""Mails about agreements and overdue first meetings: to the right person, once, without words."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations import agreements, breaks
from mentoring.pairings.operations.endings import step_out
from mentoring.pairings.operations.introductions import INTRODUCTION_DUE, chase_introductions
from mentoring.pairings.operations.lifecycle import note_meetings
from mentoring.pairings.operations.writing_down import AGREEMENT_DUE
from programs.enums import Side
from tests.factories import inside, reload
from tests.pairings.agreeing import OFFERS, SEEKS, confirm, create_pair, propose
from tests.pairings.people import MONDAY, days, deliver, sent
from tests.pairings.test_time import due

pytestmark = pytest.mark.django_db

WAITING, IN_FORCE, PROPOSED = agreements.WAITING, agreements.IN_FORCE, agreements.PROPOSED
WEDNESDAY_NINE = datetime(2026, 11, 25, 8, tzinfo=UTC)
THURSDAY_NINE = datetime(2026, 11, 26, 8, tzinfo=UTC)
OVERDUE = datetime(2026, 12, 8, 8, tzinfo=UTC)


@pytest.fixture
def pairing():
    with time_machine.travel(MONDAY, tick=False):
        yield create_pair(now=MONDAY)


def test_the_other_side_hears_of_a_proposal_and_the_proposer_of_the_yes(pairing, mails):
    propose(pairing, Side.MENTOR, now=MONDAY)
    deliver(pairing.cohort, at=MONDAY)
    assert sent(pairing.cohort, PROPOSED) == [pairing.mentee.member.email]
    confirm(pairing, Side.MENTEE, 1, now=MONDAY)
    deliver(pairing.cohort, at=MONDAY)
    assert sent(pairing.cohort, IN_FORCE) == [pairing.mentor.member.email]

    (asked,) = [each for each in mails() if "proposes" in str(each["Subject"])]
    (done,) = [each for each in mails() if "have an agreement" in str(each["Subject"])]
    assert "Ada is the mentor." in text_of(asked, "plain")
    assert "You are the mentor." in text_of(done, "plain")
    for mail in (asked, done):
        assert f"/pairs/{pairing.pk}/agreement/" in text_of(mail, "plain")
        for part in ("plain", "html"):
            text = text_of(mail, part)
            assert [word for word in ("talk", "juniors", "tools &") if word in text] == []
            assert OFFERS not in text
            assert SEEKS not in text


def test_three_working_days_later_at_nine_who_is_awaited_is_reminded_once(pairing, mails):
    propose(pairing, Side.MENTOR, now=MONDAY)
    assert due(pairing, WAITING) == [THURSDAY_NINE]
    deliver(pairing.cohort, at=THURSDAY_NINE - days(0.01))
    assert sent(pairing.cohort, WAITING) == []
    for _ in range(2):
        deliver(pairing.cohort, at=THURSDAY_NINE)

    assert sent(pairing.cohort, WAITING) == [pairing.mentee.member.email]
    (mail,) = [each for each in mails() if "waits for you" in str(each["Subject"])]
    assert "still waits for your look" in text_of(mail, "plain")


def happen(what, pairing, who):
    """What makes a mail needless, to the pair or to that one of the two."""
    with inside(pairing.organization_id, member_id=pairing.mentor.member_id):
        if what == "withdrawn":
            agreements.withdraw(pairing=pairing, side=Side.MENTOR, version=1, now=MONDAY)
        elif what == "ended":
            step_out(pairing=pairing, side=Side.MENTOR, now=MONDAY)
        elif what == "paused":
            Pairing.objects.update(state="paused")
        elif what == "on leave":
            type(who.member).objects.filter(pk=who.member_id).update(on_leave=True)
        elif what == "break":
            type(who).objects.filter(pk=who.pk).update(paused_until=THURSDAY_NINE + days(3))


@pytest.mark.parametrize("what", ["confirmed", "withdrawn", "ended", "paused", "on leave", "break"])
def test_nobody_is_reminded_of_what_does_not_wait(pairing, what):
    propose(pairing, Side.MENTOR, now=MONDAY)
    carl = pairing.mentee
    if what == "confirmed":
        confirm(pairing, Side.MENTEE, 1, now=MONDAY)
    happen(what, pairing, carl)
    deliver(pairing.cohort, at=THURSDAY_NINE)

    assert sent(pairing.cohort, WAITING) == []


def test_a_newer_version_has_mails_of_its_own(pairing):
    propose(pairing, Side.MENTOR, now=MONDAY)
    propose(pairing, Side.MENTEE, minutes=60, seen=1, now=MONDAY + days(1))
    deliver(pairing.cohort, at=MONDAY + days(1))
    assert sent(pairing.cohort, PROPOSED) == [pairing.mentor.member.email]
    deliver(pairing.cohort, at=THURSDAY_NINE)
    assert sent(pairing.cohort, WAITING) == []
    deliver(pairing.cohort, at=THURSDAY_NINE + days(1))
    assert sent(pairing.cohort, WAITING) == [pairing.mentor.member.email]


def test_days_and_nine_are_those_of_the_reader():
    """It is Friday already in Auckland."""
    thursday = datetime(2026, 11, 26, 20, tzinfo=UTC)
    with time_machine.travel(thursday, tick=False):
        pairing = create_pair(now=thursday)
        with inside(pairing.organization_id):
            people = type(pairing.mentee.member).objects.filter(pk=pairing.mentee.member_id)
            people.update(time_zone="Pacific/Auckland")
        propose(pairing, Side.MENTOR, now=thursday)

    assert due(pairing, WAITING) == [datetime(2026, 12, 1, 20, tzinfo=UTC)]


def test_the_morning_after_a_first_meeting_was_due_each_is_told_their_part(pairing, mails):
    assert due(pairing, INTRODUCTION_DUE) == [OVERDUE, OVERDUE]
    deliver(pairing.cohort, at=OVERDUE - days(0.01))
    assert sent(pairing.cohort, INTRODUCTION_DUE) == []
    for _ in range(2):
        deliver(pairing.cohort, at=OVERDUE)

    both = sorted([pairing.mentor.member.email, pairing.mentee.member.email])
    assert sent(pairing.cohort, INTRODUCTION_DUE) == both
    found = [each for each in mails() if "Your first meeting with" in str(each["Subject"])]
    texts = {str(each["To"]).split()[0].strip('"'): text_of(each, "plain") for each in found}
    assert "Could you propose a day today? 30 minutes" in texts["Carl"]
    assert "ready to send" not in texts["Carl"]
    assert "That is no reason to worry" in texts["Ada"]
    assert "“Hello Carl, I am looking forward to our first meeting." in texts["Ada"]
    assert "You are the mentor." in texts["Ada"]
    assert "Ada is the mentor." in texts["Carl"]


def test_who_owes_scheduling_is_what_the_program_says(mails):
    with time_machine.travel(MONDAY, tick=False):
        pairing = create_pair(now=MONDAY, program={"scheduling_owed_by": Side.MENTOR})
    deliver(pairing.cohort, at=OVERDUE)
    found = [each for each in mails() if "Your first meeting with Carl" in str(each["Subject"])]
    assert ["Could you propose a day today?" in text_of(each, "plain") for each in found] == [True]


@pytest.mark.parametrize(
    "what", ["proposed", "withdrawn", "met", "ended", "paused", "partner on leave"]
)
def test_nobody_is_chased_without_need(pairing, what):
    ada = pairing.mentor
    if what in {"proposed", "withdrawn"}:
        propose(pairing, Side.MENTOR, now=MONDAY)
    with inside(pairing.organization_id, member_id=ada.member_id):
        if what == "withdrawn":
            agreements.withdraw(pairing=pairing, side=Side.MENTOR, version=1, now=MONDAY)
        elif what == "met":
            Pairing.objects.update(state="active")
        elif what == "ended":
            step_out(pairing=pairing, side=Side.MENTOR, now=MONDAY)
        elif what == "paused":
            Pairing.objects.update(state="paused")
        elif what == "partner on leave":
            type(ada.member).objects.filter(pk=ada.member_id).update(on_leave=True)
    deliver(pairing.cohort, at=OVERDUE)

    assert sent(pairing.cohort, INTRODUCTION_DUE) == []


def paused(pairing, first: datetime, last: datetime) -> None:
    """The two have a break from one moment to the other."""
    with inside(pairing.organization_id):
        until = first.date() + days(60)
        breaks.pause(pairing=pairing, side=Side.MENTEE, until=until, now=first)
        breaks.resume(pairing=pairing, now=last)


@pytest.mark.parametrize(
    ("first", "last", "due_on", "chased_on"),
    [
        # Over the day, over the very morning only, and well before: then to a working day.
        ((11, 30), (12, 21), (12, 28), (12, 29)),
        ((12, 7), (12, 9), (12, 9), (12, 10)),
        ((11, 24), (11, 29), (12, 14), (12, 15)),
        # Not on a morning that is over when they go on.
        ((12, 8), (12, 9), (12, 9), (12, 10)),
    ],
)
def test_after_a_break_a_first_meeting_is_due_as_much_later(
    pairing, first, last, due_on, chased_on
):
    began_at = datetime(2026, *first, 7, tzinfo=UTC)
    paused(pairing, began_at, datetime(2026, *last, 12, tzinfo=UTC))
    assert reload(pairing).introduction_due_on == date(2026, *due_on)
    chased_at = datetime(2026, *chased_on, 8, tzinfo=UTC)

    deliver(pairing.cohort, at=chased_at - days(0.01))
    assert sent(pairing.cohort, INTRODUCTION_DUE) == []
    for day in range(22):
        deliver(pairing.cohort, at=chased_at + days(day))

    both = sorted([pairing.mentor.member.email, pairing.mentee.member.email])
    assert sent(pairing.cohort, INTRODUCTION_DUE) == both


def test_who_were_chased_before_a_break_are_not_chased_again(pairing):
    deliver(pairing.cohort, at=OVERDUE)
    paused(pairing, OVERDUE + days(1), OVERDUE + days(9))
    deliver(pairing.cohort, at=OVERDUE + days(30))
    assert reload(pairing).introduction_due_on == date(2026, 12, 7)
    assert len(sent(pairing.cohort, INTRODUCTION_DUE)) == 2


@pytest.mark.parametrize("has_break", [False, True])
def test_what_was_planned_before_days_were_named_counts_for_its_own_day(pairing, has_break):
    with inside(pairing.organization_id):
        Message.objects.filter(subject_id=pairing.pk, occurrence="mentee@2026-12-07").delete()
        Message.objects.filter(subject_id=pairing.pk, occurrence="mentor@2026-12-07").update(
            occurrence="mentor"
        )
    if has_break:
        paused(pairing, MONDAY, MONDAY + days(7))
    deliver(pairing.cohort, at=OVERDUE)
    told = [] if has_break else [pairing.mentor.member.email]
    assert sent(pairing.cohort, INTRODUCTION_DUE) == told


def test_many_pairs_are_planned_in_one_go_and_twice_is_once(django_assert_num_queries):
    pairings = [create_pair(now=MONDAY)]
    organization = pairings[0].mentor.member.organization
    cohort = pairings[0].cohort
    with inside(organization):
        rows = list(Pairing.objects.filter(cohort=cohort).with_people())
        Message.objects.filter(kind=INTRODUCTION_DUE).delete()
        for some in (rows, rows * 100):
            with django_assert_num_queries(5):
                chase_introductions(some, now=MONDAY)
        assert Message.objects.filter(kind=INTRODUCTION_DUE).count() == 2


def meet(pairing, *, at):
    """Their first meeting is logged."""
    with inside(pairing.organization_id):
        found = Pairing.objects.filter(pk=pairing.pk).with_people().get()
        note_meetings(found, first_at=at, last_at=at, planned_at=None, now=at)


def test_two_working_days_after_a_first_meeting_both_are_asked_to_write_down_what_they_agreed(
    pairing, mails
):
    meet(pairing, at=MONDAY)
    meet(pairing, at=MONDAY + days(1))

    assert due(pairing, AGREEMENT_DUE) == [WEDNESDAY_NINE, WEDNESDAY_NINE]
    deliver(pairing.cohort, at=WEDNESDAY_NINE - days(0.01))
    assert sent(pairing.cohort, AGREEMENT_DUE) == []
    for _ in range(2):
        deliver(pairing.cohort, at=WEDNESDAY_NINE)
    both = sorted([pairing.mentor.member.email, pairing.mentee.member.email])
    assert sent(pairing.cohort, AGREEMENT_DUE) == both
    for name, partner, who in (
        ("Ada", "Carl", "You are the mentor."),
        ("Carl", "Ada", "Ada is the mentor."),
    ):
        (mail,) = [each for each in mails() if f"What you and {partner} agreed" == each["Subject"]]
        text = " ".join(text_of(mail, "plain").split())
        assert f"Hello {name}" in text
        assert f"You and {partner} have met." in text
        assert who in text
        assert f"/pairs/{pairing.pk}/agreement/propose/" in text


@pytest.mark.parametrize(
    "what", ["proposed", "withdrawn", "ended", "paused", "on leave", "break", "late"]
)
def test_nobody_is_asked_to_write_down_what_is_written_or_has_to_wait(pairing, what):
    ada = pairing.mentor
    meet(pairing, at=MONDAY)
    if what in {"proposed", "withdrawn"}:
        propose(pairing, Side.MENTOR, now=MONDAY)
    happen(what, pairing, ada)
    deliver(pairing.cohort, at=WEDNESDAY_NINE + days(14 if what == "late" else 0))

    assert sent(pairing.cohort, AGREEMENT_DUE) == []
