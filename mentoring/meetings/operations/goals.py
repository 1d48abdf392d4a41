"""Setting goals, changing them, and saying what became of them."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q

from mentoring.meetings.enums import GoalState
from mentoring.meetings.models import Goal, GoalTally
from mentoring.meetings.operations.planning import NotLive, locked_pair
from mentoring.meetings.queries.goals import MOST_OPEN, goals_in, text_of
from mentoring.meetings.sealed import GOAL
from mentoring.pairings.models import Pairing
from mentoring.profiles.sealed import seal
from programs.enums import Side

__all__ = ["Changed", "NotLive", "TooMany", "change_goal", "move_goal", "set_goal"]


class Changed(Exception):
    """Somebody has changed the goal since the person looked; ``goal`` is how it stands."""

    def __init__(self, goal: Goal) -> None:
        super().__init__(goal.pk)
        self.goal = goal


class TooMany(Exception):
    """So many goals at once help nobody."""


@transaction.atomic
def set_goal(
    *, pairing: Pairing, side: Side, text: str, now: datetime, due_on: date | None = None
) -> Goal:
    """Keep a goal for the two alone. One that is open with the same words stays as it is.

    Call it as that one of the two. Raises NotLive or TooMany.
    """
    pairing = locked_pair(pairing)
    goals = list(goals_in(pairing).filter(state=GoalState.OPEN))
    if found := next((each for each in goals if text_of(each) == text), None):
        return found
    if len(goals) >= MOST_OPEN:
        raise TooMany
    goal: Goal = Goal.objects.create(
        organization_id=pairing.organization_id,
        pairing=pairing,
        mentor_member_id=pairing.mentor.member_id,
        mentee_member_id=pairing.mentee.member_id,
        text=seal(text, purpose=GOAL),
        due_on=due_on,
        set_by=side,
        set_at=now,
    )
    _count(pairing)
    return goal


@transaction.atomic
def change_goal(*, goal: Goal, seen: int, text: str, due_on: date | None) -> Goal:
    """Give a goal other words or another day; ``seen`` is the version that was on the page.

    What says so already stays as it is. Raises NotLive or Changed.
    """
    pairing = locked_pair(goal.pairing)
    goal = goals_in(pairing).get(pk=goal.pk)
    if (text_of(goal), goal.due_on) == (text, due_on):
        return goal
    if goal.version != seen:
        raise Changed(goal)
    goal.text, goal.due_on = seal(text, purpose=GOAL), due_on
    goal.version += 1
    goal.save()
    return goal


@transaction.atomic
def move_goal(*, goal: Goal, seen: int, state: GoalState, now: datetime) -> Goal:
    """Say that a goal is reached, let go, or open again. Twice is once.

    Raises NotLive, Changed, or TooMany when there is no room to open one again.
    """
    pairing = locked_pair(goal.pairing)
    goal = goals_in(pairing).get(pk=goal.pk)
    if goal.state == state:
        return goal
    if goal.version != seen:
        raise Changed(goal)
    is_open = goals_in(pairing).filter(state=GoalState.OPEN)
    if state == GoalState.OPEN and is_open.count() >= MOST_OPEN:
        raise TooMany
    goal.state = state
    goal.done_at = now if state == GoalState.DONE else None
    goal.version += 1
    goal.save()
    _count(pairing)
    return goal


def _count(pairing: Pairing) -> None:
    """Keep the numbers that reports may know; only the two can count the goals themselves."""
    goals = Goal.objects.filter(pairing=pairing).exclude(state=GoalState.DROPPED).order_by()
    counted = goals.aggregate(
        goals_set=Count("pk"), goals_done=Count("pk", filter=Q(state=GoalState.DONE))
    )
    GoalTally.objects.update_or_create(
        pairing=pairing,
        defaults=counted,
        create_defaults={"organization_id": pairing.organization_id, **counted},
    )
