"""When each of a pair is asked by the program: which mornings, and never twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.models import Holiday, Member
from mentoring.feedback.operations.asking import plan_waves
from mentoring.feedback.waves import AFTER_THE_END, WHILE_A_PAIR
from mentoring.outbox.models import Message
from mentoring.outbox.registry import effect_kind
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.breaks import pause, resume
from mentoring.pairings.operations.closings import Why, begin, complete
from programs.enums import Moment, Side
from programs.models import Participant, Program
from tests.factories import inside
from tests.feedback.surveying import (
    ASK,
    MONDAY,
    SURVEY,
    again,
    asked,
    both,
    create_beginners,
    end,
    mails_to,
    meet,
    morning,
    waves_off,
)
from tests.pairings.agreeing import agree, create_pair
from tests.pairings.people import deliver, sent
from tests.profiles.people import take_part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
INTRODUCTION = Moment.INTRODUCTION
MET = datetime(2026, 12, 3, 14, tzinfo=UTC)
# Half-way between the first meeting and the agreed end.
ENDS_ON, MIDDLE = date(2027, 5, 6), morning(2, 18, year=2027)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(MONDAY, tick=False):
        yield


def create_met() -> Pairing:
    """Who met on a Thursday and have agreed on an end; what is asked before is past."""
    pairing = create_beginners()
    agree(pairing, ends_on=ENDS_ON)
    meet(pairing, MET)
    return pairing


def of(pairing: Pairing, moment: Moment) -> list[str]:
    return [side for each, side in asked(pairing) if each == moment]


def change(pairing: Pairing, **fields) -> None:
    with inside(pairing.organization_id):
        Pairing.objects.filter(pk=pairing.pk).update(**fields)


def pause_pair(pairing: Pairing, until: date, now: datetime) -> None:
    with inside(pairing.organization_id):
        pause(pairing=again(pairing), side=Side.MENTOR, until=until, now=now)


@pytest.mark.parametrize(
    ("begins", "day"),
    [
        (MONDAY, morning(11, 24)),
        (datetime(2026, 11, 24, 5, tzinfo=UTC), morning(11, 25)),
        (datetime(2026, 11, 27, 12, tzinfo=UTC), morning(11, 30)),
    ],
)
def test_at_the_beginning_both_are_asked_on_the_next_working_morning(begins, day):
    pairing = create_beginners(begins)
    deliver(pairing.cohort, at=day - timedelta(minutes=1))
    assert asked(pairing) == []
    deliver(pairing.cohort, at=day)
    assert asked(pairing) == both(Moment.BASELINE)
    assert sent(pairing.cohort, SURVEY) == sorted(
        [pairing.mentor.member.email, pairing.mentee.member.email]
    )


def test_a_worker_who_is_back_at_night_leaves_the_mail_for_the_next_morning():
    pairing = create_beginners(MONDAY)
    deliver(pairing.cohort, at=morning(11, 24) + timedelta(hours=14))
    assert (asked(pairing), sent(pairing.cohort, SURVEY)) == (both(Moment.BASELINE), [])
    deliver(pairing.cohort, at=morning(11, 25))
    assert len(sent(pairing.cohort, SURVEY)) == 2


def test_a_holiday_is_no_working_morning_and_the_hour_is_the_persons():
    pairing = create_beginners()
    with inside(pairing.organization_id):
        Holiday.objects.create(date=date(2026, 12, 4), name="Off")
        Member.objects.filter(pk=pairing.mentee.member_id).update(time_zone="Pacific/Auckland")
    meet(pairing, MET)
    # Monday at nine in Auckland is still Sunday in Berlin.
    deliver(pairing.cohort, at=datetime(2026, 12, 6, 20, tzinfo=UTC))
    assert of(pairing, INTRODUCTION) == ["mentee"]
    deliver(pairing.cohort, at=morning(12, 7))
    assert of(pairing, INTRODUCTION) == ["mentee", "mentor"]


def test_after_the_first_meeting_both_are_asked_and_after_the_second_not_again():
    pairing = create_met()
    deliver(pairing.cohort, at=morning(12, 3))
    assert of(pairing, INTRODUCTION) == []
    deliver(pairing.cohort, at=morning(12, 4))
    assert of(pairing, INTRODUCTION) == ["mentee", "mentor"]
    meet(pairing, MET + timedelta(days=14))
    deliver(pairing.cohort, at=morning(12, 20))
    assert of(pairing, INTRODUCTION) == ["mentee", "mentor"]
    assert len(mails_to(pairing, SURVEY)["sent"]) == 4


def test_a_first_meeting_that_is_noted_late_is_asked_about_on_the_next_morning():
    pairing = create_beginners()
    change(pairing, began_at=MONDAY - timedelta(days=40))
    meet(pairing, MONDAY - timedelta(days=20))
    with inside(pairing.organization_id):
        plan_waves([pairing.pk], WHILE_A_PAIR, now=MONDAY)
    deliver(pairing.cohort, at=MONDAY)
    assert asked(pairing) == both(INTRODUCTION)


def test_a_first_meeting_long_ago_and_a_beginning_long_ago_are_not_asked_about():
    pairing = create_beginners()
    change(pairing, began_at=MONDAY - timedelta(days=300))
    with inside(pairing.organization_id):
        Message.objects.filter(kind=ASK).delete()
    change(pairing, introduced_at=MONDAY - timedelta(days=61), state="active")
    with inside(pairing.organization_id):
        plan_waves([pairing.pk], [Moment.BASELINE, INTRODUCTION], now=MONDAY)
        assert Message.objects.filter(kind=ASK).count() == 0


def test_half_way_is_between_the_first_meeting_and_the_agreed_end():
    pairing = create_met()
    deliver(pairing.cohort, at=MIDDLE - timedelta(minutes=1))
    assert of(pairing, Moment.MIDPOINT) == []
    deliver(pairing.cohort, at=MIDDLE)
    assert of(pairing, Moment.MIDPOINT) == ["mentee", "mentor"]


def test_without_an_agreement_half_way_is_to_the_programs_end():
    pairing = create_beginners()
    meet(pairing, MET)
    # From 3 December to 23 May.
    deliver(pairing.cohort, at=morning(2, 25, year=2027))
    assert of(pairing, Moment.MIDPOINT) == []
    deliver(pairing.cohort, at=morning(2, 26, year=2027))
    assert of(pairing, Moment.MIDPOINT) == ["mentee", "mentor"]


def test_another_end_moves_half_way_and_nobody_is_asked_on_the_old_day():
    pairing = create_met()
    agree(pairing, ends_on=ENDS_ON + timedelta(days=56))
    deliver(pairing.cohort, at=MIDDLE + timedelta(days=27))
    assert of(pairing, Moment.MIDPOINT) == []
    deliver(pairing.cohort, at=MIDDLE + timedelta(days=28))
    assert of(pairing, Moment.MIDPOINT) == ["mentee", "mentor"]


def test_an_end_that_changes_after_half_way_asks_nobody_again():
    pairing = create_met()
    deliver(pairing.cohort, at=MIDDLE)
    with time_machine.travel(MIDDLE, tick=False):
        agree(pairing, ends_on=ENDS_ON + timedelta(days=100))
    deliver(pairing.cohort, at=MIDDLE + timedelta(days=60))
    assert of(pairing, Moment.MIDPOINT) == ["mentee", "mentor"]


def test_an_earlier_end_lets_half_way_come_at_once_unless_the_end_is_near():
    soon, near = create_met(), create_met()
    today = datetime(2027, 1, 11, 12, tzinfo=UTC)
    with time_machine.travel(today, tick=False):
        agree(soon, ends_on=date(2027, 2, 8))
        agree(near, ends_on=date(2027, 1, 20))
    for each in (soon, near):
        deliver(each.cohort, at=morning(1, 12, year=2027))
        deliver(each.cohort, at=MIDDLE)
    assert of(soon, Moment.MIDPOINT) == ["mentee", "mentor"]
    assert of(near, Moment.MIDPOINT) == []


@pytest.mark.parametrize("how", ["stepped_out", "well"])
def test_however_a_pair_ends_both_are_asked_then_and_half_a_year_later(how):
    pairing = create_met()
    at = datetime(2027, 1, 14, 12, tzinfo=UTC)
    if how == "stepped_out":
        end(pairing, at)
    else:
        with inside(pairing.organization_id, member_id=pairing.mentor.member_id):
            begin(pairing=again(pairing), side=Side.MENTOR, why=Why(), now=at)
            assert complete(pairing=again(pairing), side=Side.MENTEE, now=at)
    deliver(pairing.cohort, at=at)
    assert of(pairing, Moment.END) == []
    deliver(pairing.cohort, at=morning(1, 15, year=2027))
    assert of(pairing, Moment.END) == ["mentee", "mentor"]
    # The fourteenth of July, in summer time.
    deliver(pairing.cohort, at=datetime(2027, 7, 14, 6, 59, tzinfo=UTC))
    assert of(pairing, Moment.LATER) == []
    deliver(pairing.cohort, at=datetime(2027, 7, 14, 7, tzinfo=UTC))
    assert of(pairing, Moment.LATER) == ["mentee", "mentor"]
    assert of(pairing, Moment.MIDPOINT) == []


def test_two_who_have_never_met_are_not_asked_how_it_was():
    pairing = create_beginners()
    end(pairing, MONDAY + timedelta(hours=1))
    for at in (morning(11, 24), datetime(2027, 6, 1, 12, tzinfo=UTC)):
        deliver(pairing.cohort, at=at)
    assert asked(pairing) == []


def test_a_pair_that_closes_is_asked_at_its_end_and_not_half_way():
    pairing = create_met()
    with inside(pairing.organization_id, member_id=pairing.mentor.member_id):
        begin(pairing=again(pairing), side=Side.MENTOR, why=Why(), now=MIDDLE - timedelta(days=3))
    deliver(pairing.cohort, at=MIDDLE)
    assert of(pairing, Moment.MIDPOINT) == []


@pytest.mark.parametrize("moment", [Moment.BASELINE, INTRODUCTION, Moment.END])
def test_a_wave_that_is_off_is_not_asked_and_the_others_are(moment):
    pairing, other = create_met(), create_met()
    waves_off(pairing, moment)
    for each in (pairing, other):
        for at in (morning(11, 24), morning(12, 4)):
            deliver(each.cohort, at=at)
        end(each, datetime(2026, 12, 7, 12, tzinfo=UTC))
        deliver(each.cohort, at=morning(12, 8))
    assert asked(other) == [*both(Moment.BASELINE), *both(INTRODUCTION), *both(Moment.END)]
    assert asked(pairing) == [each for each in asked(other) if each[0] != moment]


def test_a_wave_that_is_switched_on_again_in_time_is_asked():
    pairing = create_beginners()
    waves_off(pairing, Moment.BASELINE)
    deliver(pairing.cohort, at=morning(11, 24))
    with inside(pairing.organization_id):
        Program.objects.update(waves=[Moment.BASELINE])
    meet(pairing, MET)
    deliver(pairing.cohort, at=morning(12, 4))
    assert asked(pairing) == both(Moment.BASELINE)


@pytest.mark.parametrize("why", ["leave", "paused"])
def test_who_is_away_is_asked_after_coming_back_and_the_partner_meanwhile(why):
    pairing = create_beginners()
    back = date(2026, 12, 6)
    with inside(pairing.organization_id):
        if why == "leave":
            Member.objects.filter(pk=pairing.mentee.member_id).update(on_leave=True)
        else:
            Participant.objects.filter(pk=pairing.mentee_id).update(paused_until=back)
    deliver(pairing.cohort, at=morning(11, 24))
    deliver(pairing.cohort, at=morning(12, 1))
    assert asked(pairing) == [("baseline", "mentor")]
    with inside(pairing.organization_id):
        Member.objects.filter(pk=pairing.mentee.member_id).update(on_leave=False)
    deliver(pairing.cohort, at=morning(12, 8))
    assert asked(pairing) == [("baseline", "mentor"), ("baseline", "mentee")]


def test_who_stays_away_is_not_looked_for_for_ever():
    pairing = create_beginners()
    with inside(pairing.organization_id):
        Member.objects.filter(pk=pairing.mentee.member_id).update(on_leave=True)
    for week in range(8):
        deliver(pairing.cohort, at=morning(11, 24) + timedelta(days=7 * week))
    looks = mails_to(pairing, ASK)
    assert looks["sent"] == [
        "mentee@baseline:2026-11-24",
        "mentee@baseline:2026-12-01",
        "mentee@baseline:2026-12-08",
        "mentee@baseline:2026-12-15",
        "mentor@baseline:2026-11-24",
    ]
    assert looks["skipped"] == ["mentee@baseline:2026-12-22"]
    assert "queued" not in looks
    assert asked(pairing) == [("baseline", "mentor")]


@pytest.mark.parametrize("gone", ["deactivated", "withdrawn"])
def test_who_is_gone_is_asked_nothing_any_more(gone):
    pairing = create_met()
    end(pairing, datetime(2026, 12, 7, 12, tzinfo=UTC))
    with inside(pairing.organization_id):
        if gone == "deactivated":
            Member.objects.filter(pk=pairing.mentee.member_id).update(deactivated_at=MONDAY)
        else:
            Participant.objects.filter(pk=pairing.mentee_id).update(state="withdrawn")
    deliver(pairing.cohort, at=morning(12, 8))
    assert of(pairing, Moment.END) == ["mentor"]


def test_a_pair_that_has_a_break_is_asked_once_it_goes_on():
    pairing = create_met()
    pause_pair(pairing, date(2027, 3, 15), MIDDLE - timedelta(days=10))
    deliver(pairing.cohort, at=MIDDLE)
    assert of(pairing, Moment.MIDPOINT) == []
    with inside(pairing.organization_id):
        assert resume(pairing=again(pairing), now=MIDDLE + timedelta(days=2, hours=3))
    deliver(pairing.cohort, at=MIDDLE + timedelta(days=5))
    assert of(pairing, Moment.MIDPOINT) == ["mentee", "mentor"]


def test_nothing_is_asked_twice_whatever_comes_twice():
    pairing = create_met()
    for moment in (morning(11, 24), morning(12, 4), MIDDLE):
        deliver(pairing.cohort, at=moment)
        with inside(pairing.organization_id):
            for _ in range(2):
                plan_waves([pairing.pk], WHILE_A_PAIR, now=moment)
                plan_waves([pairing.pk], AFTER_THE_END, now=moment)
            for each in Message.objects.filter(kind=ASK, state="sent"):
                fresh = {"state": "queued", "finished_at": None, "look_at": each.due_at}
                Message.objects.filter(pk=each.pk).update(**fresh)
        deliver(pairing.cohort, at=moment)
    assert asked(pairing) == [
        *both(Moment.BASELINE),
        *both(INTRODUCTION),
        *both(Moment.MIDPOINT),
    ]
    assert len(mails_to(pairing, SURVEY)["sent"]) == 6


def test_another_organization_is_not_asked():
    pairing, other = create_beginners(), create_beginners()
    deliver(pairing.cohort, at=morning(11, 24))
    assert (asked(pairing), asked(other)) == (both(Moment.BASELINE), [])


@pytest.mark.parametrize("count", [1, 5])
def test_asking_many_costs_as_much_as_asking_two(count, django_assert_num_queries):
    first = create_beginners()
    for number in range(1, count):
        sides = [take_part(first.mentor.cohort, side, name=f"{side} {number}") for side in Side]
        create_pair(*sides, now=MONDAY)
    with inside(first.organization_id):
        due = list(Message.objects.filter(kind=ASK))
        assert len(due) == 2 * count
        kind = effect_kind(ASK)
        with django_assert_num_queries(17):
            assert kind.unwanted(due, morning(11, 24)) == {}
            kind.apply(due, morning(11, 24))
