"""Partners whom a participant may ask, those who fit best first.

They are ranked by the engine's own definitions, in plain numpy. People learn reasons, never
numbers; and nobody is missing here because of a proposal of which the reader does not know.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q

from accounts.models import Member
from mentoring.matching.assembling.arrays import Taking, Vocabulary, key_of, numbered, side_of
from mentoring.matching.assembling.people import Person, load
from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.cohort import Cohort as Arrays
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.engine.settings import floor_units
from mentoring.matching.enums import Wanted
from mentoring.matching.models import MOST_PREFERRED, PairWish, Recipe
from mentoring.matching.queries.preferences import preferred_by
from mentoring.matching.recipes import recipe_of, settings_of
from mentoring.matching.suggesting.reasons import reasons_of
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.places import has_free_place
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.profiles.queries.discover import (
    Found,
    describe,
    looking_as,
    people_to_find,
    topics_of,
)
from programs.enums import Kind, Side
from programs.models import Participant
from programs.queries.enrollment import today_of

# Of those whom the reader may find, so many with most topics in common are looked at.
LOOKED_AT = 200
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody to ask, and why the two of them."""

    found: Found
    reasons: list[str]

    @property
    def participant(self) -> Participant:
        return self.found.participant


@dataclass(frozen=True, slots=True)
class Looking:
    """One participation with its suggestions; ``is_full`` says that there is no place left.

    ``preferred`` is the reader's own list, in its order.
    """

    participant: Participant
    is_full: bool
    suggestions: list[Suggestion]
    preferred: list[Participant]

    @property
    def may_prefer_more(self) -> bool:
        return len(self.preferred) < MOST_PREFERRED


def suggestions_of(member: Member, *, now: datetime) -> list[Looking]:
    """For each participation with which the member may look for a partner now."""
    found = []
    for each in looking_as(member):
        is_full = not has_free_place(each)
        suggestions = [] if is_full else suggestions_for(each, now=now)
        found.append(Looking(each, is_full, suggestions, preferred_by(each)))
    return found


def suggestions_for(participant: Participant, *, now: datetime) -> list[Suggestion]:
    """The dozen who fit best, of those whom the participant may find; constant queries."""
    member, program = participant.member, participant.cohort.program
    today, recipe = today_of(member, now), recipe_of(program)
    topics = topics_of(member)
    people = people_to_find(member, [participant], topics, today=today)
    candidates = list(people.exclude(pk__in=_not_again(participant, recipe))[:LOOKED_AT])
    both = Participant.objects.filter(pk__in=[participant.pk, *(each.pk for each in candidates)])
    known = {each.id: each for each in load(both, member.organization)}
    me = known.pop(participant.pk)
    best = _ranked(me, list(known.values()), participant, recipe, day=today)[:SHOWN]
    by_key = {each.pk: each for each in candidates}
    found = describe([by_key[each.id] for each in best], topics)
    return [
        Suggestion(each, reasons_of(me, person, each, day=today))
        for each, person in zip(found, best, strict=True)
    ]


def _not_again(participant: Participant, recipe: Recipe) -> Any:
    """Whom an admin keeps apart from the participant, and with whom it was tried before.

    Only what the participant knows of counts: own pairs, and own requests.
    """
    side = Side(participant.side)
    other = OTHER_SIDE[side]
    apart = PairWish.objects.filter(wanted=Wanted.FORBID, **{side: participant})
    known = Q(requested_by=side, began_at=None)
    if not recipe.earlier_pairs_again:
        known |= ~Q(began_at=None)
    before = Pairing.objects.filter(known, **{f"{side}__member": participant.member_id})
    members = Participant.objects.filter(
        cohort=participant.cohort_id, member__in=before.order_by().values(f"{other}__member")
    )
    return members.order_by().values("pk").union(apart.order_by().values(other))


def _ranked(
    me: Person, people: list[Person], participant: Participant, recipe: Recipe, *, day: date
) -> list[Person]:
    """Those who keep the rules, the best first; the engine's definitions on one row."""
    program = participant.cohort.program
    if program.kind != Kind.MUTUAL:
        people = [each for each in people if each.grade is not None]
        if me.grade is None:
            return []
    if not people:
        return []
    settings = settings_of(program, recipe)
    arrays, mentees, mentors = _row(me, people, day=day, weighs_words=settings.weighs_words)
    definitions = Definitions(arrays, settings.rules, settings.weights)
    scores = definitions.scores(mentees, mentors)
    fits = definitions.fits(mentees, mentors) & (scores >= floor_units(settings.rules))
    order = sorted(
        np.flatnonzero(fits).tolist(), key=lambda at: (-int(scores[at]), key_of(people[at].id))
    )
    return [people[at] for at in order]


def _row(
    me: Person, people: Sequence[Person], *, day: date, weighs_words: bool
) -> tuple[Arrays, Ints, Ints]:
    """The reader with each of the others; lines of managers were looked at before."""
    members: dict[UUID, int] = numbered(each.member_id for each in [me, *people])
    words = Vocabulary.of([me, *people], members, day=day, weighs_words=weighs_words)
    mine = side_of([Taking(me, me.capacity)], words)
    theirs = side_of([Taking(each, each.capacity) for each in people], words)
    one, all_ = np.zeros(len(people), np.int64), np.arange(len(people))
    managers = np.full(len(members), -1, np.int64)
    if me.side == Side.MENTEE:
        return Arrays(mentees=mine, mentors=theirs, managers=managers), one, all_
    return Arrays(mentees=theirs, mentors=mine, managers=managers), all_, one
