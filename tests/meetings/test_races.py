"""Two people at once, in real threads: one slot, one note, nothing overwritten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring.meetings.enums import Reason
from mentoring.meetings.models import Change, Meeting
from mentoring.meetings.operations import logs, planning
from mentoring.meetings.operations.people import open_feed
from programs.enums import Side
from tests.factories import inside
from tests.meetings.people import create_pair, plan, plan_of
from tests.meetings.test_logs import ago, create_old_pair, planned_for_yesterday
from tests.pairings.people import create_round
from tests.pairings.test_races import at_once
from tests.profiles.people import take_part

pytestmark = pytest.mark.usefixtures("committed_db")


def tried(*refusals):
    """A deed's outcome in one word."""

    def decorate(deed):
        def run() -> str:
            try:
                deed()
            except refusals as refused:
                return type(refused).__name__
            return "done"

        return run

    return decorate


def test_two_who_plan_one_slot_get_one_meeting():
    ada, carl, pairing = create_pair()
    at = ago(days=-3)

    def planning_as(side):
        @tried(planning.Overlaps)
        def deed():
            planning.plan(pairing=pairing, side=side, wanted=plan_of(at), now=timezone.now())

        return deed

    deeds = [(each.member_id, planning_as(Side(each.side))) for each in (ada, carl)]
    assert at_once(ada.organization_id, *deeds) == ["Overlaps", "done"]
    with inside(ada.organization_id):
        assert Meeting.objects.count() == 1


def test_one_leader_who_plans_with_two_mentors_at_once_is_told_of_the_overlap():
    """Also when each pair's page is open in a tab of its own."""
    cohort = create_round()
    ada = take_part(cohort, Side.MENTOR, name="Ada")
    carl = take_part(cohort, Side.MENTEE, name="Carl", capacity=2)
    _, _, pairing = create_pair((ada, carl))
    ben = take_part(pairing.cohort, Side.MENTOR, name="Ben")
    _, _, other = create_pair((ben, carl))
    at = ago(days=-3)

    def planning_with(pair, minutes):
        @tried(planning.Overlaps)
        def deed():
            starts_at = at + timedelta(minutes=minutes)
            wanted = plan_of(starts_at, minutes=45)
            planning.plan(pairing=pair, side=Side.MENTEE, wanted=wanted, now=timezone.now())

        return deed

    deeds = [
        (carl.member_id, planning_with(pair, 10 * number))
        for number, pair in enumerate((pairing, other))
    ]
    assert at_once(ada.organization_id, *deeds) == ["Overlaps", "done"]


def test_pressing_twice_at_once_plans_once():
    ada, _carl, pairing = create_pair()
    at = ago(days=-3)

    @tried(planning.Overlaps)
    def deed():
        planning.plan(pairing=pairing, side=Side.MENTOR, wanted=plan_of(at), now=timezone.now())

    assert at_once(ada.organization_id, *[(ada.member_id, deed)] * 3) == ["done"] * 3
    with inside(ada.organization_id):
        assert Meeting.objects.count() == 1
        assert Change.objects.count() == 1


def test_a_move_and_a_cancellation_at_once_leave_one_of_the_two():
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada)

    @tried(planning.NotPlanned, planning.Changed)
    def move():
        at = meeting.starts_at + timedelta(days=1)
        planning.move(meeting=meeting, seen=0, side=Side.MENTOR, starts_at=at, now=timezone.now())

    @tried(planning.NotPlanned, planning.Changed)
    def cancel():
        planning.cancel(
            meeting=meeting, seen=0, side=Side.MENTEE, reason=Reason.AWAY, now=timezone.now()
        )

    outcomes = at_once(ada.organization_id, (ada.member_id, move), (carl.member_id, cancel))

    assert outcomes in (["Changed", "done"], ["NotPlanned", "done"])
    with inside(ada.organization_id):
        assert Change.objects.count() == 2
        assert Meeting.objects.get().sequence == 1


def test_both_who_say_that_they_met_note_it_once():
    ada, carl, pairing = create_old_pair()
    meeting = planned_for_yesterday(pairing, carl)

    def holding(side):
        def deed() -> str:
            return logs.hold(meeting=meeting, side=side, now=timezone.now()).state

        return deed

    deeds = [(each.member_id, holding(Side(each.side))) for each in (ada, carl)]
    assert at_once(ada.organization_id, *deeds) == ["held", "held"]
    with inside(ada.organization_id):
        assert Change.objects.filter(deed="logged").count() == 1


def test_two_who_note_the_same_afternoon_at_once_note_one_meeting():
    ada, carl, pairing = create_old_pair()

    def logging_as(side, minutes):
        @tried(logs.NotedAlready)
        def deed():
            was = plan_of(ago(hours=minutes / 10), minutes=60)
            logs.log(pairing=pairing, side=side, was=was, now=timezone.now())

        return deed

    deeds = [
        (ada.member_id, logging_as(Side.MENTOR, 30)),
        (carl.member_id, logging_as(Side.MENTEE, 33)),
    ]
    assert at_once(ada.organization_id, *deeds) == ["NotedAlready", "done"]
    with inside(ada.organization_id):
        assert Meeting.objects.held().count() == 1


def test_an_address_made_twice_at_once_is_one():
    ada, _carl, _pairing = create_pair()

    def deed() -> str:
        return open_feed(member=ada.member, now=timezone.now()).token_digest

    first, second = at_once(ada.organization_id, deed, deed)
    assert first == second
