"""Pairs of before in the demo: they ended well, and both have looked back on it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Member
from mentoring.console.demo.pairs import pair_once_more
from mentoring.feedback.operations import reflecting
from mentoring.feedback.operations.reflecting import Said
from mentoring.feedback.parts import CommonPart, OwnPart
from mentoring.meetings.enums import GoalState, Means
from mentoring.meetings.operations import commitments, goals
from mentoring.meetings.operations.logs import log
from mentoring.meetings.plans import Plan
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.closings import Why, begin, complete
from mentoring.pairings.queries.pairs import card_of
from mentoring.profiles.ratings import statements_of
from mentoring.tenancy.scope import within
from programs.enums import Side

# Days before today.
BEGAN, MET, BEGUN_TO_END, ENDED = 160, (150, 120, 90, 60, 30), 22, 20
GOAL = "Visit each other’s teams for a morning."
OPEN = "Write down what a first year here really looks like."
DEED = "New colleagues speak first in the monthly round."
LINES = {
    Side.MENTOR: "That my questions are worth more up there than I thought.",
    Side.MENTEE: "I ask one question more before I give an answer.",
}
SCORES = {Side.MENTOR: (4, 4, 5, 3, 4), Side.MENTEE: (4, 3, 4, 5, 4)}
REASON = Why(reason=None, tells_partner=False, tells_program=False)


def let_some_look_back(mentors: Iterable[Member], *, mark: str, now: datetime) -> None:
    """One pair more of each of these mentors has ended well, if there was anybody left for it.

    Their goals are in the keepsake, the commitments wait for the mentor. Call it inside the
    organization's scope and while no member is in scope.
    """
    began = now - timedelta(days=BEGAN)
    # One after the other: whoever is free again may be the next one's partner.
    for pairing in (made for each in mentors for made in pair_once_more([each], now=began)):
        _live(pairing, mark, now=now)
        for side in Side:
            _look_back(pairing, side, mark, now=now)


def _live(pairing: Pairing, mark: str, *, now: datetime) -> None:
    for days in MET:
        at = (now - timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
        was = Plan(starts_at=at, minutes=45, means=Means.VIDEO)
        _as(pairing, Side.MENTOR, log, was=was, now=at + timedelta(hours=1))
    then = now - timedelta(days=MET[0])
    reached = _as(pairing, Side.MENTOR, goals.set_goal, text=mark + GOAL, now=then)
    _as(pairing, Side.MENTEE, goals.set_goal, text=mark + OPEN, now=then)
    deed = _as(pairing, Side.MENTEE, commitments.write, text=mark + DEED, now=then)
    with within(pairing.organization_id, member_id=pairing.mentee.member_id):
        goals.move_goal(goal=reached, seen=reached.version, state=GoalState.DONE, now=now)
        commitments.set_done(commitment=deed, is_done=True, now=now)
    begun, ended = (now - timedelta(days=days) for days in (BEGUN_TO_END, ENDED))
    _as(pairing, Side.MENTEE, begin, why=REASON, now=begun)
    _as(pairing, Side.MENTOR, complete, now=ended)


def _look_back(pairing: Pairing, side: Side, mark: str, *, now: datetime) -> None:
    found = Pairing.objects.with_people().get(pk=pairing.pk)
    me = found.person(side)
    scores = {
        each.key: score for each, score in zip(statements_of(side), SCORES[side], strict=True)
    }
    said = Said(scores=scores, line=mark + LINES[side], shared=frozenset(OwnPart))
    with within(pairing.organization_id, member_id=me.member_id):
        card = card_of(found, me.member, now=now)
        reflecting.reflect(card=card, said=said, seen=0, now=now)
        reflecting.choose(card=card, part=CommonPart.GOALS, keeps=True, now=now)
        if side == Side.MENTEE:
            reflecting.choose(card=card, part=CommonPart.COMMITMENTS, keeps=True, now=now)


def _as(pairing: Pairing, side: Side, act: Any, **what: Any) -> Any:
    with within(pairing.organization_id, member_id=pairing.person(side).member_id):
        return act(pairing=pairing, side=side, **what)
