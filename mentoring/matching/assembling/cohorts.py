"""The whole of a cohort as the engine's question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
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
from mentoring.matching.recipes import Settings
from programs.enums import Kind, ParticipantState, Side
from programs.models import Cohort, Participant
from programs.queries.enrollment import unready_in


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
    taking, left_out = _sorted_out(cohort, people, history, today=today)
    managers, members = _chart()
    words = Vocabulary.of(
        [each.person for side in taking.values() for each in side],
        members,
        day=max(today, cohort.starts_on or today),
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
    cohort: Cohort, people: Sequence[Person], history: History, *, today: date
) -> tuple[dict[Side, list[Taking]], dict[UUID, tuple[Side, LeftOut]]]:
    """Who takes part, by side, and why the others do not."""
    unready = unready_in(cohort)
    needs_grade = cohort.program.kind != Kind.MUTUAL
    taking: dict[Side, list[Taking]] = {side: [] for side in Side}
    left_out: dict[UUID, tuple[Side, LeftOut]] = {}
    for each in people:
        free = each.capacity - history.taken[each.id]
        why = _why_not(each, today=today)
        if not why and each.id in unready:
            why = LeftOut.UNREADY
        if not why and needs_grade and each.grade is None:
            why = LeftOut.NO_GRADE
        if not why and free < 1:
            why = LeftOut.FULL
        if why:
            left_out[each.id] = each.side, why
        else:
            taking[each.side].append(Taking(each, free))
    return taking, left_out


def _why_not(person: Person, *, today: date) -> LeftOut | None:
    """What the person's own record says against taking part."""
    checks: tuple[tuple[Any, LeftOut], ...] = (
        (person.is_gone, LeftOut.GONE),
        (person.state == ParticipantState.PENDING, LeftOut.PENDING),
        (person.state == ParticipantState.WAITLISTED, LeftOut.WAITLISTED),
        (person.on_leave, LeftOut.ON_LEAVE),
        (person.paused_until and person.paused_until > today, LeftOut.PAUSED),
    )
    return next((why for applies, why in checks if applies), None)


def _chart() -> tuple[Ints, dict[UUID, int]]:
    """Everybody's manager as an index, and everybody's index; one query."""
    above = dict(Member.objects.order_by("pk").values_list("pk", "manager_id"))
    members = numbered(above)
    managers = [-1 if above[each] is None else members[above[each]] for each in members]
    return np.array(managers, dtype=np.int64), members
