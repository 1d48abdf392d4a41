"""How the pairs of a cohort fare: states, rhythm, postponements and conflicts; never content."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    DateField,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest

from mentoring.meetings.enums import MeetingState
from mentoring.meetings.models import Meeting
from mentoring.pairings.countdown import SEEN_AFTER
from mentoring.pairings.drift import AT_WORK, EVERY, FACTORS, Drift
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Closing, Pairing
from mentoring.pairings.wishes import A_HAND, SOMEBODY_ELSE, Wish
from programs.models import Cohort

TWICE = 2
# After that an end that somebody has begun is looked after.
CLOSES_WITHIN = timedelta(weeks=4)


class Need(IntEnum):
    """What a pair needs from those who run the cohort; the highest is the most pressing."""

    NOTHING = 0
    BACK = 1
    LATE = 2
    SEEN = 3
    PUT_OFF = 4
    ACT = 5
    CLOSING = 6
    PAST_END = 7
    CONFLICT = 8
    HELP = 9
    ASKED = 10

    @property
    def calls_for_others(self) -> bool:
        """Whether looking for somebody else for both is what may help."""
        return self in (Need.ACT, Need.CONFLICT, Need.ASKED)


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks and when: now, and which day it is for the organization.

    What one of two asked for in confidence, the other does not see here either.
    """

    member: UUID
    now: datetime
    today: date


def pairs_of(cohort: Cohort, look: Look) -> QuerySet[Any]:
    """The live pairs with rhythm, ``drift``, how many meetings were ``held``, and the next.

    ``needs`` is a `Need`.
    """
    return pairs_in([cohort.pk], look)


def pairs_in(cohorts: Collection[UUID], look: Look) -> QuerySet[Any]:
    """The same for several cohorts."""
    rows = Pairing.objects.filter(cohort__in=cohorts).live().with_people()
    current = FilteredRelation(
        "agreements",
        condition=Q(agreements__in_force_at__isnull=False, agreements__replaced_at=None),
    )
    counted = rows.annotate(
        current=current,
        cadence=Coalesce("current__cadence", "cohort__program__cadence"),
        since=Greatest("last_met_at", "began_at", "resumed_at"),
        next_at=Subquery(_ahead(look.now)),
        until=Coalesce("current__ends_on", _usual_end()),
        held=_count(Meeting.objects.filter(state=MeetingState.HELD), "pairing"),
    )
    with_drift = counted.annotate(drift=_drift(look.now))
    return with_drift.annotate(needs=_needs(look))


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


def _usual_end() -> Cast:
    """What `rhythm_of` says where nothing is agreed: so many months after the beginning."""
    local = Func(
        "organization__time_zone", "began_at", function="timezone", output_field=DateTimeField()
    )
    months = Func(
        "cohort__program__length_months",
        template="make_interval(months => %(expressions)s)",
        output_field=DurationField(),
    )
    began_on = Cast(local, DateField())
    return Cast(ExpressionWrapper(began_on + months, output_field=DateTimeField()), DateField())


def _needs(look: Look) -> Case:
    long_over = look.today - SEEN_AFTER
    put_off = Q(put_off_by_mentor__gte=TWICE) | Q(put_off_by_mentee__gte=TWICE)
    late = Q(state=PairingState.INTRODUCTORY, introduction_due_on__lt=look.today)
    back = Q(state=PairingState.PAUSED, paused_until__lt=look.today)
    is_own = Q(mentor__member=look.member) | Q(mentee__member=look.member)
    return Case(
        When(_asks_for(SOMEBODY_ELSE) & ~is_own, then=Value(int(Need.ASKED))),
        When(_asks_for(A_HAND) & ~is_own, then=Value(int(Need.HELP))),
        When(~Q(conflict=""), then=Value(int(Need.CONFLICT))),
        When(state__in=AT_WORK, until__lt=long_over, then=Value(int(Need.PAST_END))),
        When(Exists(_closing_since(look.now - CLOSES_WITHIN)), then=Value(int(Need.CLOSING))),
        When(drift__gte=Drift.ACT, then=Value(int(Need.ACT))),
        When(put_off, then=Value(int(Need.PUT_OFF))),
        When(drift__gte=Drift.SEEN, then=Value(int(Need.SEEN))),
        When(late, then=Value(int(Need.LATE))),
        When(back, then=Value(int(Need.BACK))),
        default=Value(int(Need.NOTHING)),
        output_field=IntegerField(),
    )


def _closing_since(moment: datetime) -> QuerySet[Any]:
    """The pair's closing, if it has been open since that moment or longer."""
    return Closing.objects.open().filter(pairing=OuterRef("pk"), began_at__lte=moment)


def _asks_for(wish: Wish) -> Q:
    """One of the two asks for it."""
    return reduce(or_, (Q(**{f"{column}__isnull": False}) for column in wish.columns))
