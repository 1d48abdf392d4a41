"""Reminders that came to a morning on which one of the two was away come when both are back."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest

from accounts.operations.people import change_record
from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations import agreements, breaks, closings, patience, writing_down
from mentoring.pairings.operations.introductions import INTRODUCTION_DUE
from mentoring.pairings.operations.lifecycle import note_meetings
from programs.enums import Side
from programs.models import Participant
from programs.operations import enrollment
from tests.factories import create_owner, inside
from tests.pairings.agreeing import agree, create_pair, propose
from tests.pairings.people import MONDAY, deliver

pytestmark = pytest.mark.django_db

type Event = Callable[[Pairing, datetime], None]
# A first meeting of a pair of MONDAY is chased on this day.
CHASED = 15
ADA, CARL = Side.MENTOR, Side.MENTEE


def moment(day: int, hour: int = 12) -> datetime:
    return MONDAY.replace(hour=hour) + timedelta(days=day)


def fresh(pairing: Pairing, side: Side) -> Participant:
    return Participant.objects.select_related("member").get(pk=pairing.person(side).pk)


def pause(side: Side, until: int) -> Event:
    def happen(pairing: Pairing, now: datetime) -> None:
        person, day = fresh(pairing, side), moment(until).date()
        enrollment.pause(participant=person, until=day, today=now.date(), now=now)

    return happen


def resume(side: Side) -> Event:
    def happen(pairing: Pairing, now: datetime) -> None:
        enrollment.resume(participant=fresh(pairing, side), today=now.date(), now=now)

    return happen


def leave(side: Side, *, on_leave: bool) -> Event:
    def happen(pairing: Pairing, now: datetime) -> None:
        owner = create_owner(pairing.cohort.organization)
        member = fresh(pairing, side).member
        change_record(member=member, values={"on_leave": on_leave}, actor=owner, now=now)

    return happen


def rest(until: int) -> Event:
    def happen(pairing: Pairing, now: datetime) -> None:
        breaks.pause(pairing=pairing, side=ADA, until=moment(until).date(), now=now)

    return happen


def go_on(pairing: Pairing, now: datetime) -> None:
    breaks.resume(pairing=pairing, now=now)


def meet(pairing: Pairing, now: datetime) -> None:
    found = Pairing.objects.filter(pk=pairing.pk).with_people().get()
    note_meetings(found, first_at=now, last_at=now, planned_at=None, now=now)


def offer(pairing: Pairing, now: datetime) -> None:
    with inside(pairing.organization_id):
        propose(pairing, ADA, now=now)


@pytest.fixture
def lived(time_machine) -> Callable[[Mapping[int, Event], str], dict[str, list[int]]]:
    """Two months of Ada and Carl, and on which days who of them got mails of a kind."""

    def live(events: Mapping[int, Event], kind: str) -> dict[str, list[int]]:
        time_machine.move_to(MONDAY, tick=False)
        pairing = create_pair(now=MONDAY)
        for day in range(60):
            # Nine o'clock in Berlin, and then noon.
            time_machine.move_to(moment(day, 8), tick=False)
            deliver(pairing.cohort, at=moment(day, 8))
            time_machine.move_to(moment(day), tick=False)
            if event := events.get(day):
                with inside(pairing.organization_id):
                    event(pairing, moment(day))
        return got(pairing, kind)

    return live


def got(pairing: Pairing, kind: str) -> dict[str, list[int]]:
    names = {pairing.person(side).member.email: pairing.person(side).member.name for side in Side}
    found: dict[str, list[int]] = {}
    with inside(pairing.organization_id):
        for each in Message.objects.filter(kind=kind, state="sent").order_by("due_at"):
            day = (each.due_at.date() - MONDAY.date()).days
            found.setdefault(names[each.recipient], []).append(day)
    return found


def both(day: int) -> dict[str, list[int]]:
    return {"Ada": [day], "Carl": [day]}


@pytest.mark.parametrize(
    ("events", "day"),
    [
        ({1: pause(CARL, 20)}, 20),
        ({1: pause(ADA, 20), 16: pause(ADA, 30)}, 30),
        ({1: pause(ADA, 30), 16: pause(ADA, 20)}, 20),
        ({1: pause(CARL, 40), 22: resume(CARL)}, 23),
        ({1: leave(ADA, on_leave=True), 22: leave(ADA, on_leave=False)}, 23),
        # Who comes back first waits for the other.
        ({1: pause(CARL, 20), 2: pause(ADA, 33)}, 33),
        ({1: pause(CARL, 20), 2: leave(ADA, on_leave=True), 25: leave(ADA, on_leave=False)}, 26),
        # Back in time.
        ({1: pause(CARL, 5)}, CHASED),
        ({1: pause(CARL, CHASED)}, CHASED),
    ],
)
def test_a_first_meeting_is_chased_once_both_are_back(lived, events, day):
    assert lived(events, INTRODUCTION_DUE) == both(day)


@pytest.mark.parametrize("back", [{1: pause(CARL, 20)}, {1: pause(CARL, 40), 22: resume(CARL)}])
def test_who_have_met_meanwhile_are_not_chased(lived, back):
    assert lived({**back, 16: meet}, INTRODUCTION_DUE) == {}


def test_who_were_chased_before_they_left_are_not_chased_again(lived):
    events = {CHASED: leave(CARL, on_leave=True), 22: leave(CARL, on_leave=False), 25: rest(30)}
    assert lived({**events, 31: go_on}, INTRODUCTION_DUE) == both(CHASED)


@pytest.mark.parametrize(
    "away",
    [
        {2: pause(CARL, 20)},
        {2: leave(CARL, on_leave=True), 19: leave(CARL, on_leave=False)},
        {2: rest(40), 19: go_on},
    ],
)
@pytest.mark.parametrize(
    ("kind", "begun", "told"),
    [
        (writing_down.AGREEMENT_DUE, meet, both(20)),
        (agreements.WAITING, offer, {"Carl": [20]}),
    ],
)
def test_what_waits_to_be_agreed_is_reminded_of_once_both_are_back(lived, away, kind, begun, told):
    assert lived({1: begun, **away}, kind) == told


def test_only_who_was_away_is_asked_later_whether_a_break_is_over(lived):
    events = {1: rest(10), 2: leave(CARL, on_leave=True), 19: leave(CARL, on_leave=False)}
    assert lived(events, breaks.BREAK_OVER) == {"Ada": [10], "Carl": [20]}


@pytest.mark.parametrize(
    ("kind", "who", "told"),
    [(closings.WAITS, CARL, {"Carl": [30]}), (patience.ALONE, ADA, {"Ada": [30]})],
)
def test_an_end_that_waits_is_told_of_once_its_reader_is_back(lived, kind, who, told):
    def end(pairing: Pairing, now: datetime) -> None:
        agree(pairing, ends_on=moment(17).date())
        found = Pairing.objects.filter(pk=pairing.pk).with_people().get()
        with inside(pairing.organization_id, member_id=found.mentor.member_id):
            closings.begin(pairing=found, side=ADA, why=closings.Why(), now=now)

    away = {3: leave(who, on_leave=True), 29: leave(who, on_leave=False)}
    assert lived({1: meet, 2: end, **away}, kind) == told
