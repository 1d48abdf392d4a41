"""Two people at once, in real threads: places are given once."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connections
from django.utils import timezone

from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.answers import NotOpen, PlaceTaken, accept
from mentoring.pairings.operations.endings import expire
from mentoring.pairings.operations.requests import NotNow, take_back
from programs.enums import Side
from programs.models import Participant
from tests.factories import inside
from tests.pairings.people import ask, create_two, states_of
from tests.profiles.people import take_part

pytestmark = pytest.mark.usefixtures("committed_db")


type Deed = Callable[[], str]


def at_once(organization_id: UUID, *deeds: Deed | tuple[UUID, Deed]) -> list[str]:
    """What becomes of deeds that begin at the same moment, some of them as a member."""
    barrier, outcomes = Barrier(len(deeds)), []

    def run(member_id: UUID | None, deed: Deed) -> None:
        try:
            with inside(organization_id, member_id=member_id):
                barrier.wait(timeout=30)
                outcome = deed()
            outcomes.append(outcome)
        finally:
            connections.close_all()

    whose = [each if isinstance(each, tuple) else (None, each) for each in deeds]
    threads = [Thread(target=run, args=each) for each in whose]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(outcomes)


def say_yes(pairing: Pairing, side: Side = Side.MENTEE) -> Callable[[], str]:
    def deed() -> str:
        try:
            accept(pairing=pairing, side=side, now=timezone.now())
        except PlaceTaken:
            return "taken"
        except NotOpen:
            return "over"
        return "pair"

    return deed


def test_of_two_yeses_for_the_last_place_one_makes_a_pair():
    ada, carl = create_two()
    leaders = [carl, take_part(ada.cohort, Side.MENTEE), take_part(ada.cohort, Side.MENTEE)]
    pairings = [ask(ada, each) for each in leaders]

    outcomes = at_once(ada.organization_id, *(say_yes(each) for each in pairings))

    assert outcomes == ["pair", "taken", "taken"]
    assert sorted(states_of(pairings)) == ["expired", "expired", "introductory"]
    with inside(ada.organization_id):
        told = Message.objects.filter(kind__in=["pairings.began", "pairings.ended"])
        assert list(told.values_list("kind", flat=True)) == ["pairings.began"] * 2


def test_a_yes_and_the_deadline_at_once_leave_one_of_the_two():
    ada, carl = create_two()
    pairing = ask(ada, carl)

    def run_out() -> str:
        return "expired" if expire([pairing.pk], now=pairing.expires_at) else "kept"

    outcomes = at_once(ada.organization_id, say_yes(pairing), run_out)

    assert outcomes in (["kept", "pair"], ["expired", "over"])
    assert states_of([pairing]) == ["introductory" if "pair" in outcomes else "expired"]


def test_a_yes_and_a_withdrawal_at_once_leave_one_of_the_two():
    ada, carl = create_two()
    pairing = ask(ada, carl)

    def withdraw() -> str:
        done = take_back(pairing=pairing, side=Side.MENTOR, now=timezone.now())
        return "back" if done else "kept"

    outcomes = at_once(ada.organization_id, say_yes(pairing), withdraw)

    assert outcomes in (["kept", "pair"], ["back", "over"])
    assert states_of([pairing]) == ["introductory" if "pair" in outcomes else "withdrawn"]


def test_two_deadline_sweeps_at_once_end_a_proposal_once():
    ada, carl = create_two()
    pairing = ask(ada, carl)

    def run_out() -> str:
        return str(expire([pairing.pk], now=pairing.expires_at))

    assert at_once(ada.organization_id, run_out, run_out) == ["0", "1"]
    with inside(ada.organization_id):
        assert Pairing.objects.get().ended_at == pairing.expires_at


def test_two_who_ask_each_other_at_once_share_one_pairing():
    ada, carl = create_two()

    def asking(mine: Participant, partner: Participant) -> Callable[[], str]:
        def deed() -> str:
            try:
                ask(mine, partner)
            except NotNow as late:
                return str(late.barrier)
            return "asked"

        return deed

    deeds = [(ada.member_id, asking(ada, carl)), (carl.member_id, asking(carl, ada))]

    assert at_once(ada.organization_id, *deeds) == ["asked", "known"]
    with inside(ada.organization_id):
        assert Pairing.objects.count() == 1
