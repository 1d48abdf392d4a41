"""Both sides at once, in real threads: one agreement, and never one that somebody has not seen."""

from collections.abc import Callable
from uuid import UUID

import pytest

from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations import agreements
from mentoring.pairings.operations.endings import step_out
from programs.enums import Side
from tests.factories import inside
from tests.pairings.agreeing import agree, confirm, create_pair, propose, versions_of
from tests.pairings.people import MONDAY
from tests.pairings.test_races import at_once

pytestmark = pytest.mark.usefixtures("committed_db")

type Deed = tuple[UUID, Callable[[], str]]


def as_side(pairing: Pairing, side: Side, act: Callable[[], object], done: str) -> Deed:
    def deed() -> str:
        try:
            act()
        except (agreements.AlreadyOpen, agreements.Changed, agreements.NotLive) as refused:
            return type(refused).__name__
        return done

    return pairing.person(side).member_id, deed


def proposing(pairing: Pairing, side: Side, **how: object) -> Deed:
    return as_side(pairing, side, lambda: propose(pairing, side, **how), "proposed")


def confirming(pairing: Pairing, side: Side, version: int) -> Deed:
    return as_side(pairing, side, lambda: confirm(pairing, side, version), "confirmed")


def told(pairing: Pairing, kind: str) -> int:
    with inside(pairing.organization_id):
        return Message.objects.filter(kind=kind).count()


def test_of_two_who_propose_at_once_one_is_shown_the_others_proposal():
    pairing = create_pair()

    outcomes = at_once(
        pairing.organization_id,
        proposing(pairing, Side.MENTOR),
        proposing(pairing, Side.MENTEE, minutes=60),
    )

    assert outcomes == ["AlreadyOpen", "proposed"]
    assert [(number, state) for number, _side, state in versions_of(pairing)] == [(1, "open")]
    assert told(pairing, agreements.PROPOSED) == 1


def test_one_proposal_sent_twice_at_once_is_one():
    pairing = create_pair()
    twice = [proposing(pairing, Side.MENTOR) for _ in range(2)]

    assert at_once(pairing.organization_id, *twice) == ["proposed", "proposed"]
    assert versions_of(pairing) == [(1, "mentor", "open")]
    assert told(pairing, agreements.PROPOSED) == 1


def test_one_confirmation_sent_twice_at_once_is_one():
    pairing = create_pair()
    agree(pairing)
    propose(pairing, Side.MENTOR, minutes=60)
    twice = [confirming(pairing, Side.MENTEE, 2) for _ in range(2)]

    assert at_once(pairing.organization_id, *twice) == ["confirmed", "confirmed"]
    assert versions_of(pairing) == [(1, "mentor", "was in force"), (2, "mentor", "in force")]
    assert told(pairing, agreements.IN_FORCE) == 2


def test_each_proposing_what_the_other_proposes_at_once_does_not_confirm_unseen():
    pairing = create_pair()
    sides = [proposing(pairing, side) for side in Side]

    assert at_once(pairing.organization_id, *sides) == ["AlreadyOpen", "proposed"]
    assert [state for *_rest, state in versions_of(pairing)] == ["open"]


def test_a_confirmation_and_another_proposal_of_the_proposer_at_once_never_mix():
    """Either the seen version is in force and the other waits, or nothing is confirmed."""
    pairing = create_pair()
    propose(pairing, Side.MENTOR)

    outcomes = at_once(
        pairing.organization_id,
        confirming(pairing, Side.MENTEE, 1),
        proposing(pairing, Side.MENTOR, minutes=120),
    )

    first = {"confirmed": "in force", "Changed": "replaced"}[outcomes[0]]
    assert outcomes[1:] == ["proposed"]
    assert versions_of(pairing) == [(1, "mentor", first), (2, "mentor", "open")]


def test_a_confirmation_and_a_counter_proposal_of_one_person_at_once_leave_one_of_the_two():
    pairing = create_pair()
    propose(pairing, Side.MENTOR)

    outcomes = at_once(
        pairing.organization_id,
        confirming(pairing, Side.MENTEE, 1),
        proposing(pairing, Side.MENTEE, minutes=60, seen=1),
    )

    assert outcomes in (["confirmed", "proposed"], ["Changed", "proposed"])
    first = "in force" if "confirmed" in outcomes else "replaced"
    assert versions_of(pairing) == [(1, "mentor", first), (2, "mentee", "open")]


def test_a_confirmation_and_the_end_of_the_pair_at_once_leave_an_order():
    pairing = create_pair()
    propose(pairing, Side.MENTOR)

    def end() -> str:
        return "ended" if step_out(pairing=pairing, side=Side.MENTOR, now=MONDAY) else "kept"

    outcomes = at_once(pairing.organization_id, confirming(pairing, Side.MENTEE, 1), end)

    assert outcomes in (["confirmed", "ended"], ["NotLive", "ended"])
    state = "in force" if "confirmed" in outcomes else "open"
    assert versions_of(pairing) == [(1, "mentor", state)]
