"""Who of a cohort takes part in the next run, who does not and why; balance and topics.

The rules are those of `assembling.cohorts`, asked of the database so that lists can be paged.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from mentoring.matching.enums import LeftOut
from mentoring.pairings.models import Pairing
from mentoring.profiles.enums import DIRECTION_OF
from mentoring.profiles.models import TopicChoice
from programs.enums import Kind, ParticipantState, Side
from programs.models import Cohort, Participant, Topic
from programs.queries.funnel import is_unprepared

# Participants with annotations.
type People = QuerySet[Any]


def with_reasons(cohort: Cohort, *, today: date, needs_topic: bool) -> People:
    """Everybody who has enrolled with ``free`` places and ``why`` they take no part, if so.

    Whoever names no topic takes part in a run, but a program that needs a common topic can
    find nobody for them; so they are named here too.
    """
    hindrances: list[tuple[Any, LeftOut]] = [
        (Q(member__deactivated_at__isnull=False), LeftOut.GONE),
        (Q(state=ParticipantState.PENDING), LeftOut.PENDING),
        (Q(state=ParticipantState.WAITLISTED), LeftOut.WAITLISTED),
        (Q(member__on_leave=True), LeftOut.ON_LEAVE),
        (Q(paused_until__gt=today), LeftOut.PAUSED),
        (is_unprepared(), LeftOut.UNREADY),
    ]
    if cohort.program.kind != Kind.MUTUAL:
        hindrances.append((Q(member__grade=None), LeftOut.NO_GRADE))
    hindrances.append((Q(free__lt=1), LeftOut.FULL))
    if needs_topic:
        hindrances.append((~_has_topic(), LeftOut.NO_TOPIC))
    whens = [When(condition, then=Value(why)) for condition, why in hindrances]
    people: People = (
        Participant.objects.filter(cohort=cohort)
        .enrolled()
        .annotate(free=F("capacity") - _taken("mentor") - _taken("mentee"))
        .annotate(why=Case(*whens, default=Value("")))
    )
    return people


def left_out(people: People) -> People:
    """Those who take no part, with what the list shows."""
    return people.exclude(why="").select_related("member__department", "member__grade")


def matchable(people: People) -> People:
    return people.filter(why="")


@dataclass(frozen=True, slots=True)
class Balance:
    """Who takes part on one side, with how many places."""

    side: Side
    people: int = 0
    places: int = 0


def balance_of(people: People) -> dict[Side, Balance]:
    """Both sides; one query."""
    rows = matchable(people).order_by().values("side")
    counted = rows.annotate(people=Count("pk"), places=Sum("free"))
    found = {row["side"]: row for row in counted}
    return {side: Balance(side, **_sums(found.get(side))) for side in Side}


def counts_of(people: People) -> list[tuple[Side, LeftOut, int]]:
    """How many are left out by side and reason; one query."""
    rows = people.exclude(why="").order_by().values("side", "why").annotate(count=Count("pk"))
    counted = {(row["side"], row["why"]): row["count"] for row in rows}
    return [
        (side, why, counted[side, why])
        for side in Side
        for why in LeftOut
        if counted.get((side, why))
    ]


@dataclass(frozen=True, slots=True)
class Demand:
    """A topic: how many seek it, how many offer it and with how many places."""

    name: str
    sought: int
    offered: int
    places: int

    @property
    def is_short(self) -> bool:
        return self.sought > self.places


def demands(people: People) -> list[Demand]:
    """The topics of those who can be matched, the shortest in supply first; two queries."""
    taking = matchable(people).filter(member=OuterRef("member"))
    counted: dict[UUID, dict[str, int]] = {}
    for side in Side:
        places = taking.filter(side=side).order_by().values("free")[:1]
        chosen: QuerySet[Any] = TopicChoice.objects.filter(direction=DIRECTION_OF[side])
        with_places = chosen.annotate(free=Subquery(places, output_field=IntegerField()))
        rows = with_places.filter(free__isnull=False).values("topic").order_by()
        for row in rows.annotate(people=Count("pk"), places=Sum("free")):
            numbers = counted.setdefault(row["topic"], {})
            numbers[side], numbers[f"{side}_places"] = row["people"], row["places"]
    names = Topic.objects.filter(pk__in=counted)
    listed = [
        Demand(
            name=topic.name,
            sought=counted[topic.pk].get(Side.MENTEE, 0),
            offered=counted[topic.pk].get(Side.MENTOR, 0),
            places=counted[topic.pk].get(f"{Side.MENTOR}_places", 0),
        )
        for topic in names
    ]
    return sorted(listed, key=lambda each: (each.places - each.sought, -each.sought, each.name))


def _sums(row: Any) -> dict[str, int]:
    return {"people": row["people"], "places": row["places"]} if row else {}


def _taken(side: str) -> Any:
    open_ones = Pairing.objects.open().filter(**{side: OuterRef("pk")}, cohort=OuterRef("cohort"))
    counted: QuerySet[Any] = open_ones.order_by().values(side).annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count"), output_field=IntegerField()), 0)


def _has_topic() -> Q | Any:
    whens = [
        Exists(TopicChoice.objects.filter(member=OuterRef("member"), direction=direction))
        & Q(side=side)
        for side, direction in DIRECTION_OF.items()
    ]
    return whens[0] | whens[1]
