"""Which rules a pair would break at this moment, before anybody asks for it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q

from accounts.enums import Conflict
from accounts.queries.chart import chain_conflicts
from mentoring.lib.clock import day_at, zone_named
from mentoring.matching.assembling.arrays import Taking, Vocabulary, side_of
from mentoring.matching.assembling.links import history_of
from mentoring.matching.assembling.people import Person, load
from mentoring.matching.engine.cohort import Cohort as Arrays
from mentoring.matching.engine.definitions import Definitions
from mentoring.matching.enums import LeftOut, Wanted
from mentoring.matching.models import PairWish
from mentoring.matching.queries.hindrances import with_reasons
from mentoring.matching.recipes import Settings, recipe_of, settings_of
from programs.models import Cohort, Participant

# No second yes helps here: the pair could not be formed.
CANNOT_BE_BROKEN = frozenset({"same person", "blocked", "away", "full", "locks"})
CONFLICTS = {
    Conflict.ABOVE: "chain",
    Conflict.BELOW: "chain",
    Conflict.SAME_MANAGER: "same manager",
}


def broken_rules(mentor: Participant, mentee: Participant, *, now: datetime) -> list[str]:
    """Names of `words.RULES` and of `words.SKIPPED`; a constant number of queries."""
    cohort = mentor.cohort
    today = day_at(now, zone_named(cohort.organization.time_zone))
    settings = settings_of(cohort.program, recipe_of(cohort.program))
    both = Participant.objects.filter(pk__in=[mentor.pk, mentee.pk])
    found = {each.id: each for each in load(both, cohort.organization)}
    people = found[mentor.pk], found[mentee.pk]
    return [
        *_by_the_engine(people, cohort, settings, today),
        *_by_history(people, cohort, settings),
        *_by_places(mentor, mentee, today),
    ]


def _by_the_engine(
    people: tuple[Person, Person], cohort: Cohort, settings: Settings, today: date
) -> list[str]:
    """The rules that follow from what the two say of themselves."""
    members = {each.member_id: at for at, each in enumerate(people)}
    words = Vocabulary.of(
        people,
        members,
        day=max(today, cohort.starts_on or today),
        weighs_words=settings.weighs_words,
    )
    sides = [side_of([Taking(each, 1)], words) for each in people]
    nobody = np.full(len(people), -1)
    arrays = Arrays(mentors=sides[0], mentees=sides[1], managers=nobody)
    one = np.array([0])
    broken = Definitions(arrays, settings.rules, settings.weights).broken(one, one)
    return [name for name, is_so in broken.items() if is_so[0]]


def _by_history(people: tuple[Person, Person], cohort: Cohort, settings: Settings) -> Iterator[str]:
    """Where the two stand to each other, and what was between them."""
    pair = (people[0].member_id, people[1].member_id)
    yield from (CONFLICTS[each] for each in chain_conflicts([pair]).values())
    history = history_of(cohort, of=pair)
    if pair in history.blocked:
        yield "blocked"
    if pair in history.earlier and not settings.rules.earlier_pairs_again:
        yield "earlier"


def _by_places(mentor: Participant, mentee: Participant, today: date) -> Iterator[str]:
    """Whether both take part with a free place that no other lock needs."""
    people = with_reasons(mentor.cohort, today=today, needs_topic=False)
    rows: list[Any] = list(people.filter(pk__in=[mentor.pk, mentee.pk]))
    reasons = {row.why for row in rows} - {"", LeftOut.NO_GRADE}
    if len(rows) < 2 or reasons - {LeftOut.FULL}:
        yield "away"
    elif reasons:
        yield "full"
    else:
        locks = _other_locks(mentor, mentee)
        if any(locks[row.pk] >= row.free for row in rows):
            yield "locks"


def _other_locks(mentor: Participant, mentee: Participant) -> Counter[UUID]:
    """With how many others each of the two is to be kept together."""
    locks = PairWish.objects.filter(Q(mentor=mentor) | Q(mentee=mentee), wanted=Wanted.LOCK)
    others = locks.exclude(mentor=mentor, mentee=mentee).values_list("mentor", "mentee")
    return Counter(key for pair in others for key in pair)
