"""What the page of a pair shows of goals and commitments."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, CharField, DateField, F, QuerySet, Value

from mentoring.meetings.enums import CommitmentState, GoalState
from mentoring.meetings.models import Commitment, Goal
from mentoring.meetings.queries.commitments import MOST, Stage, commitments_in, stage_of
from mentoring.meetings.queries.goals import soonest_in
from mentoring.meetings.sealed import COMMITMENT, GOAL
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.pairs import Card
from mentoring.profiles.sealed import unseal

SHOWN = 3
NO_WORD = Value("", output_field=CharField())
COLUMNS = ("kind", "text", "day", "at", "state", "proposed_by", "is_shown")


@dataclass(slots=True)
class Glance:
    """A few open goals with their days, and a few commitments that are not done yet.

    ``asks_me`` says that a wording waits for the reader's yes.
    """

    goals: list[tuple[str, date | None]] = field(default_factory=list)
    wordings: list[tuple[str, Stage]] = field(default_factory=list)
    has_more: bool = False
    asks_me: bool = False


def glance_at(card: Card) -> Glance:
    """For the page of a pair, which has many parts: both kinds in one query."""
    rows = list(_goals(card).union(_commitments(card), all=True))
    goals = sorted(
        (row for row in rows if row[0] == GOAL),
        key=lambda row: (row[2] is None, row[2] or date.min, row[3]),
    )
    rest = sorted((row for row in rows if row[0] == COMMITMENT), key=lambda row: row[3])
    wordings = [
        (
            unseal(text, purpose=COMMITMENT),
            stage_of(state, is_mine=by == card.side, is_shown=is_shown),
        )
        for _, text, _, _, state, by, is_shown in reversed(rest)
    ]
    return Glance(
        goals=[(unseal(row[1], purpose=GOAL), row[2]) for row in goals[:SHOWN]],
        wordings=wordings[:SHOWN],
        has_more=len(goals) > SHOWN or len(wordings) > SHOWN,
        asks_me=any(stage == Stage.ASKS_ME for _, stage in wordings),
    )


def _goals(card: Card) -> QuerySet[Any, tuple[Any, ...]]:
    rows = soonest_in(card.pairing)[: SHOWN + 1]
    return rows.annotate(
        kind=Value(GOAL, output_field=CharField()),
        day=F("due_on"),
        at=F("set_at"),
        proposed_by=NO_WORD,
        is_shown=Value(value=False, output_field=BooleanField()),
    ).values_list(*COLUMNS)


def _commitments(card: Card) -> QuerySet[Any, tuple[Any, ...]]:
    rows = commitments_in(card.pairing).filter(done_at=None)[:MOST]
    return rows.annotate(
        kind=Value(COMMITMENT, output_field=CharField()),
        day=Value(None, output_field=DateField()),
        at=F("written_at"),
    ).values_list(*COLUMNS)


def awaiting_yes(pairings: Iterable[UUID]) -> list[tuple[UUID, str]]:
    """Pairings in which a wording is proposed for publishing, and by which side. One query."""
    rows = Commitment.objects.filter(pairing__in=list(pairings), state=CommitmentState.PROPOSED)
    return list(rows.order_by("pk").values_list("pairing", "proposed_by"))


@dataclass(frozen=True, slots=True)
class Reached:
    """A goal or a commitment of a pair, and when it was written down and done."""

    is_goal: bool
    text: str
    written_at: datetime
    done_at: datetime | None


def reached_by(pairing: Pairing, *, most: int) -> list[Reached]:
    """The latest of both kinds, to one of the two. One query."""
    goals = Goal.objects.filter(pairing=pairing).exclude(state=GoalState.DROPPED)
    kind = Value(GOAL, output_field=CharField())
    first = goals.annotate(kind=kind, at=F("set_at")).values_list("kind", "text", "at", "done_at")
    kind = Value(COMMITMENT, output_field=CharField())
    done = Commitment.objects.filter(pairing=pairing).annotate(kind=kind, at=F("written_at"))
    second = done.values_list("kind", "text", "at", "done_at")
    rows = first.order_by("-at")[:most].union(second.order_by("-at")[:most], all=True)
    return [
        Reached(purpose == GOAL, unseal(text, purpose=purpose), at, done_at)
        for purpose, text, at, done_at in rows
    ]
