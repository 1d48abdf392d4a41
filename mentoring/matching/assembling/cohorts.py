"""The whole of a cohort as the engine's question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import numpy as np

from accounts.models import Member
from mentoring.lib.clock import day_at, zone_named
from mentoring.matching.assembling.arrays import Taking, Vocabulary, numbered, side_of
from mentoring.matching.assembling.links import (
    History,
    Two,
    Wishes,
    history_of,
    preferences_in,
    ranked,
    shown_before,
    table,
    wishes_of,
)
from mentoring.matching.assembling.people import Person, load
from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.cohort import Cohort as Arrays
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.enums import LeftOut
from mentoring.matching.queries.hindrances import with_reasons
from mentoring.matching.recipes import Settings
from programs.enums import Side
from programs.models import Cohort, Participant


@dataclass(frozen=True)
class Assembled:
    """A cohort at one moment: the arrays, and whom and what their indexes stand for."""

    arrays: Arrays
    mentees: list[UUID]  # participants
    mentors: list[UUID]
    topics: list[UUID]
    left_out: Mapping[UUID, tuple[Side, LeftOut]]
    locks_left_out: int  # wait for a second yes, are pairs already, or one does not take part

    def pair(self, row: Ints) -> Two:
        """Mentor and mentee of one row of pairs, as participants."""
        return self.mentors[row[1]], self.mentees[row[0]]

    @property
    def left_out_counts(self) -> dict[str, dict[str, int]]:
        """By side and reason."""
        counts: dict[str, dict[str, int]] = {side: {} for side in Side.values}
        for side, why in self.left_out.values():
            counts[side][why] = counts[side].get(why, 0) + 1
        return counts


def assemble(cohort: Cohort, settings: Settings, *, now: datetime) -> Assembled:
    """Everybody who takes part in a run at this moment. Call it inside a transaction.

    An exception that a second person approved does not hold while the pair breaks other rules
    than they were shown.
    """
    today = day_at(now, zone_named(cohort.organization.time_zone))
    people = load(Participant.objects.filter(cohort=cohort).enrolled(), cohort.organization)
    history = history_of(cohort)
    taking, left_out = _sorted_out(cohort, people, today=today)
    managers, members = _chart()
    words = Vocabulary.of(
        [each.person for side in taking.values() for each in side],
        members,
        day=max(today, cohort.starts_on or today),
        weighs_words=settings.weighs_words,
    )
    wishes = wishes_of(cohort, settings.supposed)
    found = _assembled(cohort, taking, words, (history, wishes), (managers, left_out))
    return _within_what_was_approved(found, wishes, settings)


def _within_what_was_approved(found: Assembled, wishes: Wishes, settings: Settings) -> Assembled:
    rows = found.arrays.approved
    if not len(rows):
        return found
    definitions = Definitions(found.arrays, settings.rules, settings.weights)
    broken = definitions.broken(rows[:, 0], rows[:, 1])
    holds = [
        all(name in wishes.approved[found.pair(row)] for name, bad in broken.items() if bad[at])
        for at, row in enumerate(rows)
    ]
    return replace(found, arrays=replace(found.arrays, approved=rows[holds]))


def _assembled(
    cohort: Cohort,
    taking: Mapping[Side, Sequence[Taking]],
    words: Vocabulary,
    known_of_pairs: tuple[History, Wishes],
    more: tuple[Ints, dict[UUID, tuple[Side, LeftOut]]],
) -> Assembled:
    sides = taking[Side.MENTEE], taking[Side.MENTOR]
    history, wishes = known_of_pairs
    row, column = ({each.person.id: at for at, each in enumerate(side)} for side in sides)
    by_member = [{each.person.member_id: at for at, each in enumerate(side)} for side in sides]

    def pairs(found: Sequence[Two]) -> Ints:
        return table(found, row, column)

    known = table(history.blocked, *by_member)
    locks = _without(pairs(wishes.together), known)
    wanted = len(wishes.together) + len(wishes.waiting)
    chosen = preferences_in(cohort)
    return Assembled(
        Arrays(
            mentees=side_of(sides[0], words),
            mentors=side_of(sides[1], words),
            managers=more[0],
            blocks=np.unique(np.vstack([pairs(wishes.apart), known]), axis=0),
            earlier=table(history.earlier, *by_member),
            locks=locks,
            approved=pairs(list(wishes.approved)),
            proposed=pairs(shown_before(cohort)),
            mentee_choices=ranked(chosen[Side.MENTEE], row, column),
            mentor_choices=ranked(chosen[Side.MENTOR], row, column),
        ),
        list(row),
        list(column),
        list(words.topics),
        more[1],
        wanted - len(locks),
    )


def _without(rows: Ints, others: Ints) -> Ints:
    """What is a pair already, or was not taken up, cannot be kept together any more."""
    known = set(map(tuple, others.tolist()))
    kept = [each for each in rows.tolist() if tuple(each) not in known]
    return np.array(kept, dtype=np.int64).reshape(len(kept), 2)


def _sorted_out(
    cohort: Cohort, people: Sequence[Person], *, today: date
) -> tuple[dict[Side, list[Taking]], dict[UUID, tuple[Side, LeftOut]]]:
    """Who takes part, by side, and why the others do not."""
    reasons = with_reasons(cohort, today=today, needs_topic=False)
    found = {pk: (why, free) for pk, why, free in reasons.values_list("pk", "why", "free")}
    taking: dict[Side, list[Taking]] = {side: [] for side in Side}
    left_out: dict[UUID, tuple[Side, LeftOut]] = {}
    for each in people:
        why, free = found.get(each.id, (LeftOut.GONE, 0))
        if why:
            left_out[each.id] = each.side, LeftOut(why)
        else:
            taking[each.side].append(Taking(each, free))
    return taking, left_out


def _chart() -> tuple[Ints, dict[UUID, int]]:
    """Everybody's manager as an index, and everybody's index; one query."""
    above = dict(Member.objects.order_by("pk").values_list("pk", "manager_id"))
    members = numbered(above)
    managers = [-1 if above[each] is None else members[above[each]] for each in members]
    return np.array(managers, dtype=np.int64), members
