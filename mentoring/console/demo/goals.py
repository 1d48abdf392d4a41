"""What demo pairs want to reach, what leaders take on, and what their cohort reads of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from mentoring.console.demo.pairs import pair_others
from mentoring.lib.clock import day_at, zone_named
from mentoring.meetings.enums import GoalState
from mentoring.meetings.operations import commitments, goals
from mentoring.meetings.queries.commitments import LEAST_LEADERS
from mentoring.pairings.enums import LIVE
from mentoring.pairings.models import Pairing
from mentoring.tenancy.scope import within
from programs.enums import Side

REACHED = "Try out one new tool together, on a piece of real work."
GOALS = (
    ("Hear once a month what the youngest in the department would change.", timedelta(days=60)),
    ("Explain our strategy so that somebody in the first year can repeat it.", None),
)
DRAFT = "Answer questions from the floor before those from the front row."
ASKED = "Say what I do not know before I say what I think."
PUBLISHED = (
    "Meetings begin with whoever has been here for the shortest time.",
    "Job advertisements name the salary range.",
    "Once a month I spend a morning where customers call us.",
    "No mails after six, mine included.",
    "Decisions come with the reasons, in three sentences that everybody can read.",
    "New colleagues choose one rule a quarter that we stop keeping.",
    "I ask one question more before I give an answer.",
)
APART = timedelta(days=13)


def reach_something(pairings: Iterable[Pairing], *, mark: str, now: datetime) -> None:
    """Goals and commitments of the live ones, and enough pairs beside them to publish some.

    Call it inside the organization's scope and while no member is in scope.
    """
    live = [each for each in pairings if each.state in LIVE]
    others = pair_others(live, least=LEAST_LEADERS, now=now)
    for pairing in live:
        _set_goals(pairing, mark, now=now)
    _publish([*others, *live], mark, now=now)
    for pairing in live:
        _as(pairing, Side.MENTOR, commitments.write, text=mark + DRAFT, now=now)
        asked = _as(pairing, Side.MENTEE, commitments.write, text=mark + ASKED, now=now)
        _with(asked, pairing, Side.MENTEE, commitments.propose, seen=asked.version, now=now)


def _set_goals(pairing: Pairing, mark: str, *, now: datetime) -> None:
    today = day_at(now, zone_named(pairing.mentor.member.organization.time_zone))
    for text, span in GOALS:
        due_on = today + span if span else None
        _as(pairing, Side.MENTOR, goals.set_goal, text=mark + text, due_on=due_on, now=now)
    reached = _as(pairing, Side.MENTEE, goals.set_goal, text=mark + REACHED, now=now)
    with within(pairing.organization_id, member_id=pairing.mentee.member_id):
        goals.move_goal(goal=reached, seen=reached.version, state=GoalState.DONE, now=now)


def _publish(pairings: Sequence[Pairing], mark: str, *, now: datetime) -> None:
    """By turns, over the last months; every second one is done."""
    for number, text in enumerate(PUBLISHED if pairings else ()):
        pairing = pairings[number % len(pairings)]
        at = now - APART * number
        made = _as(pairing, Side.MENTEE, commitments.write, text=mark + text, now=at)
        _with(made, pairing, Side.MENTEE, commitments.propose, seen=made.version, now=at)
        _with(made, pairing, Side.MENTOR, commitments.agree, seen=made.version, now=at)
        if number % 2:
            with within(pairing.organization_id, member_id=pairing.mentee.member_id):
                commitments.set_done(commitment=made, is_done=True, now=now)


def _as(pairing: Pairing, side: Side, act: Any, **what: Any) -> Any:
    with within(pairing.organization_id, member_id=pairing.person(side).member_id):
        return act(pairing=pairing, side=side, **what)


def _with(commitment: Any, pairing: Pairing, side: Side, act: Any, **what: Any) -> Any:
    with within(pairing.organization_id, member_id=pairing.person(side).member_id):
        return act(commitment=commitment, side=side, **what)
