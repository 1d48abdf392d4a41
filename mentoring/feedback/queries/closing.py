"""What two people look back on at the end of their time as a pair, as one of the two reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Min, Sum

from mentoring.feedback.models import KeepsakeConsent, Reflection
from mentoring.feedback.moments import may_answer
from mentoring.feedback.parts import CommonPart, OwnPart
from mentoring.feedback.sealed import unseal_reflection
from mentoring.meetings.enums import GoalState
from mentoring.meetings.models import Meeting
from mentoring.meetings.queries import commitments, goals
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import Rhythm, rhythm_of
from mentoring.pairings.queries.pairs import Card
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.profiles.queries.own import ratings_of
from mentoring.profiles.ratings import Statement, statements_of
from programs.enums import Moment, Side

type Scores = Mapping[str, int]
ORDER = (GoalState.DONE, GoalState.OPEN, GoalState.DROPPED)


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment of the leader."""

    text: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """What the two have done together."""

    meetings: int
    first_at: datetime | None
    last_at: datetime | None
    hours: float
    rhythm: Rhythm
    goals: list[goals.Aim]
    promises: list[Promise]


@dataclass(frozen=True, slots=True)
class Stand:
    """One statement with what the person said of it at the start and says now."""

    statement: Statement
    then: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one of the two stood and stands, statement by statement."""

    stands: list[Stand]

    @property
    def has_then(self) -> bool:
        return any(each.then for each in self.stands)

    @property
    def has_now(self) -> bool:
        return any(each.now for each in self.stands)


@dataclass(frozen=True, slots=True)
class Own:
    """What the reader has written; ``shared`` are the parts that the partner reads, too."""

    standing: Standing
    line: str = ""
    shared: frozenset[str] = frozenset()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Theirs:
    """What the partner shares with the reader; nothing tells what is not shared."""

    standing: Standing | None = None
    line: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A part that is about both: whether there is anything of it, and who wants to keep it."""

    part: CommonPart
    count: int
    is_mine: bool
    is_theirs: bool

    @property
    def is_in(self) -> bool:
        return self.is_mine and self.is_theirs and bool(self.count)


@dataclass(frozen=True, slots=True)
class Closing:
    """Everything on the closing page."""

    covered: Covered
    own: Own
    theirs: Theirs
    choices: list[Choice] = field(default_factory=list)

    def keeps(self, part: CommonPart) -> bool:
        """Whether the keepsake has this part."""
        return any(each.is_in for each in self.choices if each.part == part)


def is_open(pairing: Pairing) -> bool:
    """Whether the two can look back: they have met, and wind up or have ended it well."""
    return may_answer(pairing, Moment.PARTNER)


def closing_of(card: Card) -> Closing:
    """Ask as one of the two; seven queries."""
    covered = covered_of(card)
    rows = list(Reflection.objects.filter(pairing=card.pairing))
    me = card.me.member_id
    own = own_of(card, [each for each in rows if each.writer_id == me])
    theirs = _theirs_of(card, [each for each in rows if each.writer_id != me])
    return Closing(covered, own, theirs, _choices_of(card, covered))


def covered_of(card: Card) -> Covered:
    """Four queries."""
    pairing = card.pairing
    held = (
        Meeting.objects.held()
        .filter(pairing=pairing)
        .order_by()
        .aggregate(
            number=Count("pk"),
            first_at=Min("starts_at"),
            last_at=Max("starts_at"),
            spent=Sum(F("ends_at") - F("starts_at")),
        )
    )
    spent: timedelta = held["spent"] or timedelta()
    aims = [goals.Aim.told(each, card) for each in goals.goals_in(pairing)]
    rows = commitments.commitments_in(pairing)
    return Covered(
        meetings=held["number"],
        first_at=held["first_at"],
        last_at=held["last_at"],
        hours=spent / timedelta(hours=1),
        rhythm=rhythm_of([pairing])[pairing.pk],
        goals=sorted(aims, key=lambda aim: ORDER.index(GoalState(aim.goal.state))),
        promises=[Promise(commitments.text_of(each), each.done_at is not None) for each in rows],
    )


def own_rows(pairing: Pairing, writer_id: Any) -> list[Reflection]:
    """What the member in scope has written about this pair, whoever reads it."""
    return list(Reflection.objects.filter(pairing=pairing, writer=writer_id))


def own_of(card: Card, rows: Iterable[Reflection]) -> Own:
    """What the reader has said, and said at the start. One query."""
    found = list(rows)
    said = _said(found)
    standing = said.get(OwnPart.STANDING, {})
    then = ratings_of(card.me) or standing.get("then", {})
    return Own(
        standing=_standing(card.side, then, standing.get("now", {})),
        line=said.get(OwnPart.LINE, {}).get("line", ""),
        shared=frozenset(each.part for each in found if each.reader_id),
        version=max((each.version for each in found), default=0),
    )


def _theirs_of(card: Card, rows: Iterable[Reflection]) -> Theirs:
    said = _said(row for row in rows if row.reader_id == card.me.member_id)
    shared = said.get(OwnPart.STANDING)
    side = OTHER_SIDE[card.side]
    return Theirs(
        standing=_standing(side, shared["then"], shared["now"]) if shared else None,
        line=said.get(OwnPart.LINE, {}).get("line", ""),
    )


def _said(rows: Iterable[Reflection]) -> dict[str, dict[str, Any]]:
    return {each.part: unseal_reflection(each.text) for each in rows if each.text}


def _standing(side: Side, then: Scores, now: Scores) -> Standing:
    return Standing(
        [Stand(each, then.get(each.key), now.get(each.key)) for each in statements_of(side)]
    )


def _choices_of(card: Card, covered: Covered) -> list[Choice]:
    rows = KeepsakeConsent.objects.filter(pairing=card.pairing)
    given = set(rows.values_list("part", "side"))
    counts = {
        CommonPart.GOALS: len(covered.goals),
        CommonPart.COMMITMENTS: len(covered.promises),
    }
    return [
        Choice(
            part,
            counts[part],
            is_mine=(part, card.side) in given,
            is_theirs=(part, OTHER_SIDE[card.side]) in given,
        )
        for part in CommonPart
    ]
