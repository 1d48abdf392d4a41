"""The goals of a pair, as its two people may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Member
from mentoring.meetings.enums import GoalState
from mentoring.meetings.models import Goal, GoalTally
from mentoring.meetings.sealed import GOAL
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.messages import pairs_of
from mentoring.pairings.queries.pairs import Card
from mentoring.profiles.sealed import unseal

MOST_OPEN = 20
MOST_PAST = 100


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal with its words, told to the reader."""

    goal: Goal
    text: str
    is_mine: bool

    @classmethod
    def told(cls, goal: Goal, card: Card) -> Self:
        return cls(goal, text_of(goal), is_mine=goal.set_by == card.side)


def goals_known_to(member: Member) -> QuerySet[Goal]:
    """The goals of pairs that the member is or was one of; call it as the member."""
    found: QuerySet[Goal] = Goal.objects.filter(pairing__in=pairs_of(member).values("pk"))
    return found


def goals_in(pairing: Pairing) -> QuerySet[Goal]:
    """In the order in which they were set."""
    found: QuerySet[Goal] = Goal.objects.filter(pairing=pairing)
    return found.order_by("set_at", "pk")


def open_goals(card: Card) -> list[Aim]:
    """What the pair wants to reach; what has a day comes first. One query."""
    return [Aim.told(each, card) for each in soonest_in(card.pairing)]


def soonest_in(pairing: Pairing) -> QuerySet[Goal]:
    """The open goals in the order in which they are due."""
    return goals_in(pairing).filter(state=GoalState.OPEN).order_by("due_on", "set_at", "pk")


def past_goals(card: Card) -> list[Aim]:
    """What was reached or let go, the latest first. One query."""
    rows = goals_in(card.pairing).exclude(state=GoalState.OPEN).reverse()
    return [Aim.told(each, card) for each in rows[:MOST_PAST]]


def text_of(goal: Goal) -> str:
    """The words; call it as one of the two."""
    return unseal(goal.text, purpose=GOAL)


def goal_counts(pairings: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """How many goals pairs have set and reached, for reports; pairs without any are not there."""
    rows = GoalTally.objects.filter(pairing__in=list(pairings))
    return {
        key: (goals_set, goals_done)
        for key, goals_set, goals_done in rows.values_list("pairing", "goals_set", "goals_done")
    }
