"""What is known about single pairs: kept apart, together before, kept together, shown before."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np

from mentoring.matching.engine.arrays import Ints
from mentoring.matching.enums import RunState, Wanted
from mentoring.matching.models import PairWish, Preference, Run, RunPair
from mentoring.matching.recipes import Supposed
from mentoring.matching.words import RULES
from mentoring.pairings.enums import OPEN, PairingState
from mentoring.pairings.models import Pairing
from programs.enums import Side
from programs.models import Cohort, Participant

type Two = tuple[UUID, UUID]
NOT_TAKEN_UP = (PairingState.DECLINED, PairingState.EXPIRED)


@dataclass(slots=True)
class History:
    """Pairs of members from everywhere in the organization.

    ``blocked``: a pair now or proposed, not taken up, or left; nobody is proposed the same
    person again. ``earlier`` came to a good end. Either may have been the mentor.
    """

    blocked: set[Two] = field(default_factory=set)
    earlier: set[Two] = field(default_factory=set)

    def add(self, row: tuple[Any, ...]) -> None:
        mentor, mentee, state, began_at = row
        pairs = {(mentor, mentee), (mentee, mentor)}
        if state in OPEN or state in NOT_TAKEN_UP:
            self.blocked |= pairs
        elif state == PairingState.WITHDRAWN:
            self.blocked |= pairs if began_at else set()
        else:
            self.earlier |= pairs


def history_of(cohort: Cohort, *, of: Two | None = None) -> History:
    """What there is between members who have enrolled, or between two of them; one query."""
    members: Any = of or Participant.objects.filter(cohort=cohort).order_by().values("member")
    rows = Pairing.objects.filter(mentor__member__in=members, mentee__member__in=members)
    history = History()
    for row in rows.values_list("mentor__member", "mentee__member", "state", "began_at"):
        history.add(row)
    return history


@dataclass(frozen=True, slots=True)
class Wishes:
    """What admins want of pairs of participants, as (mentor, mentee)."""

    apart: list[Two]
    together: list[Two]
    approved: dict[Two, Collection[str]]  # of these, with the rules that they may break
    waiting: list[Two]  # would break a rule, and no second person has said yes

    def add(self, wish: PairWish) -> None:
        """An exception holds for the rules that the second person was shown, and no others."""
        pair = (wish.mentor_id, wish.mentee_id)
        if wish.wanted == Wanted.FORBID:
            self.apart.append(pair)
        elif wish.broken and wish.approved_by_id is None:
            self.waiting.append(pair)
        else:
            self.together.append(pair)
            if wish.broken:
                self.approved[pair] = wish.broken

    def suppose(self, pair: Two, wanted: str) -> None:
        """For a trial, as if a second person had said yes to everything."""
        if wanted == Wanted.FORBID:
            self.apart.append(pair)
        else:
            self.together.append(pair)
            self.approved[pair] = RULES


def wishes_of(cohort: Cohort, supposed: Supposed | None = None) -> Wishes:
    """One query. What is ``supposed`` of a pair counts instead of what is saved."""
    wishes = Wishes([], [], {}, [])
    instead = None
    if supposed:
        instead = (UUID(supposed.mentor), UUID(supposed.mentee))
        wishes.suppose(instead, supposed.wanted)
    for wish in PairWish.objects.filter(cohort=cohort).order_by("pk"):
        if (wish.mentor_id, wish.mentee_id) != instead:
            wishes.add(wish)
    return wishes


def preferences_in(cohort: Cohort) -> dict[Side, dict[Two, int]]:
    """Whom people would like to work with, by the side of the chooser, with the rank; one query."""
    found: dict[Side, dict[Two, int]] = {side: {} for side in Side}
    rows = Preference.objects.filter(chooser__cohort=cohort).order_by("pk")
    for name, chooser, chosen, rank in rows.values_list(
        "chooser__side", "chooser", "chosen", "rank"
    ):
        side = Side(name)
        found[side][(chooser, chosen) if side == Side.MENTOR else (chosen, chooser)] = rank
    return found


def shown_before(cohort: Cohort) -> list[Two]:
    """The pairs of the plan that was published last; one query."""
    plans = Run.objects.plans().filter(cohort=cohort, state=RunState.PUBLISHED)
    newest = plans.order_by("-published_at", "-pk").values("pk")[:1]
    pairs = RunPair.objects.filter(run__in=newest).order_by("pk")
    return list(pairs.values_list("mentor_id", "mentee_id"))


def ranked(
    pairs: Mapping[Two, int], mentees: Mapping[UUID, int], mentors: Mapping[UUID, int]
) -> Ints:
    """Like `table`, with the rank in a third column."""
    rows = sorted(
        (mentees[mentee], mentors[mentor], rank)
        for (mentor, mentee), rank in pairs.items()
        if mentee in mentees and mentor in mentors
    )
    return np.array(rows, dtype=np.int64).reshape(len(rows), 3)


def table(pairs: Iterable[Two], mentees: Mapping[UUID, int], mentors: Mapping[UUID, int]) -> Ints:
    """Those of (mentor, mentee) who both take part, as the engine's sorted rows."""
    rows = {
        (mentees[mentee], mentors[mentor])
        for mentor, mentee in pairs
        if mentee in mentees and mentor in mentors
    }
    return np.array(sorted(rows), dtype=np.int64).reshape(len(rows), 2)
