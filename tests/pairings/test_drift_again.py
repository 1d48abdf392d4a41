"""Two who are behind are prompted again once what kept them from a prompt is over."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.operations.people import change_record
from mentoring.outbox.models import Message
from tests.factories import create_owner, inside, login, reload, url
from tests.meetings.people import held, plan, send, typed
from tests.pairings.people import deliver
from tests.pairings.test_drift import PROMPT, met
from tests.pairings.test_stepping_out import create_pair

pytestmark = pytest.mark.django_db
# The two have met on this day, at noon in UTC; 45 days later they are behind, and FIRST is the
# morning after that. The organization writes on all days.
START = datetime(2026, 11, 2, 12, tzinfo=UTC)
FIRST = 46


class Story:
    """Ada and Carl, day by day after they met."""

    def __init__(self, client, clock) -> None:
        clock.move_to(START, tick=False)
        self.client, self.clock, self.day = client, clock, 0
        self.ada, self.carl, self.pairing = create_pair()
        met(self.pairing, START)

    def on(self, day: int, *, hour: int = 12) -> datetime:
        """Go on to that day and hour, with a worker in each morning until then."""
        at = moment(day, hour)
        while moment(self.day + 1, 8) <= at:
            self.day += 1
            self.clock.move_to(moment(self.day, 8), tick=False)
            deliver(self.pairing.cohort, at=moment(self.day, 8))
        self.clock.move_to(at, tick=False)
        return at

    def plan(self, day: int):
        return plan(self.pairing, by=self.carl, starts_at=moment(day, 14))

    def cancel(self, meeting) -> None:
        data = {"reason": "urgent", "seen": meeting.sequence}
        send(self.client, self.carl, "meeting_cancel", meeting.pk, data)
        assert reload(meeting).state == "cancelled"

    def pause(self, until: int) -> None:
        data = {"until": moment(until, 12).date()}
        address = url(self.ada.member, "participation_pause", self.ada.pk)
        login(self.client, self.ada.member).post(address, data)

    def resume(self) -> None:
        login(self.client, self.ada.member).post(
            url(self.ada.member, "participation_resume", self.ada.pk)
        )

    def leave(self, *, on_leave: bool) -> None:
        owner = create_owner(self.ada.cohort.organization)
        values = {"on_leave": on_leave}
        with inside(self.ada.organization_id):
            change_record(
                member=self.ada.member, values=values, actor=owner, now=moment(self.day, 12)
            )

    def prompted(self) -> list[int]:
        """On which days both were prompted, as far as day 85."""
        self.on(85)
        days = {}
        with inside(self.pairing.organization_id):
            for each in Message.objects.filter(kind=PROMPT, state="sent"):
                day = (each.due_at.date() - START.date()).days
                days.setdefault(day, []).append(each.recipient)
        both = sorted([self.ada.member.email, self.carl.member.email])
        assert {day: sorted(found) for day, found in days.items()} == dict.fromkeys(days, both)
        return sorted(days)


def moment(day: int, hour: int) -> datetime:
    return START.replace(hour=hour) + timedelta(days=day)


@pytest.fixture
def story(client, time_machine):
    return Story(client, time_machine)


def test_two_who_plan_and_call_off_are_prompted_on_the_next_morning(story):
    story.on(40)
    meeting = story.plan(48)
    story.on(47)
    story.cancel(meeting)
    assert story.prompted() == [48]


def test_a_meeting_that_nobody_notes_is_no_reason_for_silence(story):
    story.on(40)
    story.plan(48)
    assert story.prompted() == [49]


@pytest.mark.parametrize(("day", "hour"), [(48, 18), (49, 7), (49, 12), (52, 12)])
def test_who_call_a_meeting_off_after_its_time_are_prompted_once(story, day, hour):
    story.on(40)
    meeting = story.plan(48)
    story.on(day, hour=hour)
    story.cancel(meeting)
    assert story.prompted() == [49]


def test_another_meeting_that_comes_to_nothing_is_another_occasion(story):
    story.on(47)
    first = story.plan(52)
    story.on(50)
    story.cancel(first)
    second = story.plan(60)
    story.on(55)
    story.cancel(second)
    assert story.prompted() == [FIRST, 56]


def test_who_are_not_behind_yet_wait_for_the_first_prompt_and_hear_no_more(story):
    story.on(40)
    meeting = story.plan(48)
    story.on(41)
    story.cancel(meeting)
    assert story.prompted() == [FIRST]


def test_a_meeting_that_is_moved_counts_where_it_is_now(story):
    story.on(40)
    meeting = story.plan(48)
    story.on(44)
    send(story.client, story.carl, "meeting_move", meeting.pk, typed(moment(55, 14), seen=0))
    assert story.prompted() == [56]


def test_while_another_meeting_is_planned_nobody_is_prompted(story):
    story.on(40)
    first = story.plan(48)
    story.plan(58)
    story.on(47)
    story.cancel(first)
    assert story.prompted() == [59]


def test_who_have_met_are_not_prompted(story):
    story.on(40)
    story.plan(48)
    story.on(48, hour=18)
    held(story.pairing, by=story.ada, starts_at=moment(48, 14))
    assert story.prompted() == []


@pytest.mark.parametrize(("back_on", "prompted_on"), [(None, 49), (47, 48), (41, FIRST)])
def test_after_a_break_of_one_of_them_both_are_prompted(story, back_on, prompted_on):
    story.on(40)
    story.pause(49)
    if back_on:
        story.on(back_on)
        story.resume()
    assert story.prompted() == [prompted_on]


def test_a_break_that_becomes_longer_is_waited_for(story):
    story.on(40)
    story.pause(48)
    story.on(44)
    story.pause(54)
    assert story.prompted() == [54]


@pytest.mark.parametrize(("back_on", "prompted_on"), [(47, 48), (41, FIRST)])
def test_after_a_leave_of_one_of_them_both_are_prompted(story, back_on, prompted_on):
    story.on(40)
    story.leave(on_leave=True)
    story.on(back_on)
    story.leave(on_leave=False)
    assert story.prompted() == [prompted_on]


def test_what_ends_on_one_day_is_one_occasion(story):
    story.on(40)
    story.pause(49)
    story.leave(on_leave=True)
    story.plan(48)
    story.on(48)
    story.leave(on_leave=False)
    assert story.prompted() == [49]


def test_a_new_rhythm_from_a_meeting_waits_for_what_is_planned_already(story):
    story.on(20)
    story.plan(70)
    story.on(21)
    held(story.pairing, by=story.ada, starts_at=moment(21, 9))
    assert story.prompted() == [71]
