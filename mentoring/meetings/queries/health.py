"""How the pairs of a cohort fare: states, rhythm, postponements and conflicts; never content."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from django.db.models import (
    Case,
    Count,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from mentoring.meetings.enums import MeetingState
from mentoring.meetings.models import Meeting
from mentoring.pairings.drift import AT_WORK, EVERY, FACTORS, Drift
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from programs.models import Cohort

TWICE = 2


class Need(IntEnum):
    """What a pair needs from those who run the cohort; the highest is the most pressing."""

    NOTHING = 0
    BACK = 1
    LATE = 2
    SEEN = 3
    PUT_OFF = 4
    ACT = 5
    CONFLICT = 6
    ASKED = 7


@dataclass(frozen=True, slots=True)
class Moment:
    """When somebody looks: now, and which day it is for the organization."""

    now: datetime
    today: date


def pairs_of(cohort: Cohort, moment: Moment) -> QuerySet[Any]:
    """The live pairs with rhythm, ``drift``, how many meetings were ``held``, and the next.

    ``needs`` is a `Need`.
    """
    rows = Pairing.objects.filter(cohort=cohort).live().with_people()
    current = FilteredRelation(
        "agreements",
        condition=Q(agreements__in_force_at__isnull=False, agreements__replaced_at=None),
    )
    counted = rows.annotate(
        current=current,
        cadence=Coalesce("current__cadence", "cohort__program__cadence"),
        since=Greatest("last_met_at", "began_at", "resumed_at"),
        next_at=Subquery(_ahead(moment.now)),
        held=_count(Meeting.objects.filter(state=MeetingState.HELD), "pairing"),
    )
    with_drift = counted.annotate(drift=_drift(moment.now))
    return with_drift.annotate(needs=_needs(moment))


def needing(pairs: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Those that need attention, or those that are well."""
    return pairs.filter(needs__gt=0) if value == "yes" else pairs.filter(needs=0)


def _ahead(now: datetime) -> QuerySet[Any]:
    """The start of a pair's next meeting."""
    planned = Meeting.objects.planned().filter(pairing=OuterRef("pk"), starts_at__gt=now)
    return planned.order_by("starts_at").values("starts_at")[:1]


def _count(rows: QuerySet[Any], field: str) -> Coalesce:
    own = rows.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(own.annotate(count=Count("pk")).values("count")), 0)


def _drift(now: datetime) -> Case:
    """What `mentoring.pairings.drift` says, for many pairs at once."""
    whens = [
        When(cadence=cadence, since__lte=now - every * FACTORS[drift], then=Value(int(drift)))
        for drift in sorted(FACTORS, reverse=True)
        for cadence, every in EVERY.items()
    ]
    rests = When(~Q(state__in=AT_WORK), then=Value(int(Drift.NONE)))
    return Case(rests, *whens, default=Value(int(Drift.NONE)), output_field=IntegerField())


def _needs(moment: Moment) -> Case:
    put_off = Q(put_off_by_mentor__gte=TWICE) | Q(put_off_by_mentee__gte=TWICE)
    late = Q(state=PairingState.INTRODUCTORY, introduction_due_on__lt=moment.today)
    back = Q(state=PairingState.PAUSED, paused_until__lt=moment.today)
    asked = Q(rematch_asked_by_mentor_at__isnull=False) | Q(
        rematch_asked_by_mentee_at__isnull=False
    )
    return Case(
        When(asked, then=Value(int(Need.ASKED))),
        When(~Q(conflict=""), then=Value(int(Need.CONFLICT))),
        When(drift__gte=Drift.ACT, then=Value(int(Need.ACT))),
        When(put_off, then=Value(int(Need.PUT_OFF))),
        When(drift__gte=Drift.SEEN, then=Value(int(Need.SEEN))),
        When(late, then=Value(int(Need.LATE))),
        When(back, then=Value(int(Need.BACK))),
        default=Value(int(Need.NOTHING)),
        output_field=IntegerField(),
    )
