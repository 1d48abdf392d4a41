"""Who of a cohort takes part in the next run, who does not and why; balance and topics.

Lists, single pairs and runs of the matching all ask here.
"""

from collections import Counter
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
    Value,
    When,
)
from django.db.models.functions import Coalesce

from mentoring.matching.enums import LeftOut
from mentoring.pairings.models import Pairing
from mentoring.profiles.enums import DIRECTION_OF, Direction
from mentoring.profiles.models import TopicChoice
from programs.enums import Kind, ParticipantState, Side
from programs.models import Cohort, Participant, Topic
from programs.queries.funnel import is_unprepared

# Participants with annotations.
type People = QuerySet[Any]
type Places = dict[tuple[UUID, Side], int]
SIDE_OF = {direction: side for side, direction in DIRECTION_OF.items()}


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


def places_of(people: People) -> Places:
    """Free places of those who take part, by member and side; one query."""
    rows = matchable(people).order_by().values_list("member", "side", "free")
    return {(member, Side(side)): free for member, side, free in rows}


def balance_of(places: Places) -> dict[Side, Balance]:
    """Both sides."""
    counted = {side: [free for (_, on), free in places.items() if on == side] for side in Side}
    return {side: Balance(side, len(free), sum(free)) for side, free in counted.items()}


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
    """A topic: how many seek it, and how many places those have who offer it."""

    name: str
    sought: int
    places: int

    @property
    def is_short(self) -> bool:
        return self.sought > self.places


def demands(people: People, places: Places) -> list[Demand]:
    """The topics of those who take part, the shortest in supply first; two queries.

    Counted here: asked topic by topic, the database looks at every person for each of them.
    """
    chosen = TopicChoice.objects.filter(member__in=people.order_by().values("member"))
    seekers: Counter[UUID] = Counter()
    offered: Counter[UUID] = Counter()
    for member, topic, direction in chosen.values_list("member", "topic", "direction"):
        side = SIDE_OF[Direction(direction)]
        free = places.get((member, side))
        if free is None:
            continue
        if side == Side.MENTEE:
            seekers[topic] += 1
        else:
            offered[topic] += free
    names = Topic.objects.filter(pk__in={*seekers, *offered})
    listed = [Demand(topic.name, seekers[topic.pk], offered[topic.pk]) for topic in names]
    return sorted(listed, key=lambda each: (each.places - each.sought, -each.sought, each.name))


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
