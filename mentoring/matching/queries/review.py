"""A plan as an admin goes through it. Ask for the run with `runs_of` a manageable cohort."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mentoring.matching.engine.settings import POINT
from mentoring.matching.models import PairWish, Run, RunPair
from mentoring.matching.queries.hindrances import matchable, with_reasons
from mentoring.matching.queries.runs import pairs_of
from mentoring.pairings.enums import LIVE, PairingState
from programs.enums import Side
from programs.models import Cohort, Participant
from programs.models.participant import ParticipantQuerySet

AGREED = [*LIVE, PairingState.COMPLETED, PairingState.CLOSED_EARLY]
ENDED = [PairingState.DECLINED, PairingState.EXPIRED, PairingState.WITHDRAWN]
ANSWERED = {
    "unpublished": Q(pairing=None),
    "waiting": Q(pairing__state=PairingState.PROPOSED),
    "agreed": Q(pairing__state__in=AGREED),
    "ended": Q(pairing__state__in=ENDED),
}


def pairs_to_review(run: Run) -> QuerySet[RunPair]:
    """The pairs with their people and ``wanted``, what an admin has said of the pair since."""
    wishes = PairWish.objects.filter(mentor=OuterRef("mentor"), mentee=OuterRef("mentee"))
    return pairs_of(run).annotate(wanted=Subquery(wishes.values("wanted")[:1]))


def in_department(pairs: QuerySet[Any], department_id: str) -> QuerySet[Any]:
    """One of the two works there."""
    return pairs.filter(
        Q(mentor__member__department=department_id) | Q(mentee__member__department=department_id)
    )


def below(pairs: QuerySet[Any], points: str) -> QuerySet[Any]:
    return pairs.filter(score__lt=int(points) * POINT)


def answered(pairs: QuerySet[Any], answer: str) -> QuerySet[Any]:
    """Narrowed to one of `words.ANSWERS`; who declined is not known."""
    return pairs.filter(ANSWERED[answer])


def answer_counts(run: Run) -> dict[str, int]:
    """How many pairs of the plan stand at each of `words.ANSWERS`; one query."""
    counted = {name: Count("pk", filter=condition) for name, condition in ANSWERED.items()}
    counts: dict[str, int] = RunPair.objects.filter(run=run).aggregate(**counted)
    return counts


def pairs_around(
    run: Run, mentor_id: UUID, mentee_id: UUID
) -> tuple[RunPair | None, list[RunPair]]:
    """The plan's pair of these two, if they are one, and the pairs of either with others."""
    found = list(pairs_of(run).filter(Q(mentor=mentor_id) | Q(mentee=mentee_id)))
    both = (mentor_id, mentee_id)
    own = [each for each in found if (each.mentor_id, each.mentee_id) == both]
    return next(iter(own), None), [each for each in found if each not in own]


def people_in(cohort: Cohort) -> ParticipantQuerySet:
    """Everybody of a cohort, also who has gone since, with what pages say of a person."""
    people: ParticipantQuerySet = Participant.objects.filter(cohort=cohort)
    return people.select_related(
        *("member__department", "member__location", "member__grade"),
        *("cohort__program", "cohort__organization"),
    )


def candidates(run: Run, side: Side, *, today: date) -> QuerySet[Any]:
    """Who of a side could be in a pair now, with ``partners``, how many the plan gives them."""
    people = matchable(with_reasons(run.cohort, today=today, needs_topic=False))
    pairs = RunPair.objects.filter(**{"run": run, side.value: OuterRef("pk")}).order_by()
    counted = pairs.values(side.value).annotate(count=Count("pk")).values("count")
    found: QuerySet[Any] = people.filter(side=side).annotate(
        partners=Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    )
    return found.select_related("member__department", "member__location", "member__grade")
