"""Which waves a pair was asked in, and how many people have answered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max

from accounts.models import Member, Organization
from mentoring.feedback.models import Response
from mentoring.feedback.waves import (
    AFTER_THE_END,
    Door,
    closes_at,
    door_of,
    is_due_sometime,
    is_open,
    span_of,
)
from mentoring.lib.clock import day_at, zone_named
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import rhythm_of
from mentoring.pairings.queries.pairs import Card
from programs.enums import WAVES, Moment, Side
from programs.models import Cohort

# Pairing, member and moment.
type Key = tuple[UUID, UUID, str]


@dataclass(frozen=True, slots=True)
class Survey:
    """One wave of a pair for one of the two; ``first`` is the day on which it is to come."""

    moment: Moment
    response: Response | None
    door: Door
    first: date | None = None

    @property
    def closes_at(self) -> datetime | None:
        asked_at = self.response.asked_at if self.response else None
        return closes_at(asked_at) if asked_at else None

    @property
    def is_begun(self) -> bool:
        return bool(self.response and self.response.form_id)


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave of a cohort: how many of each side were asked, and when the last can answer."""

    moment: Moment
    asked: Mapping[Side, int]
    closes_at: datetime
    is_open: bool


def asked_among(pairings: Iterable[UUID]) -> dict[Key, Response]:
    """Who was asked in which wave. One query, none without pairings."""
    keys = set(pairings)
    if not keys:
        return {}
    rows = Response.objects.filter(pairing__in=keys, moment__in=WAVES, asked_at__isnull=False)
    return {(each.pairing_id, each.member_id, each.moment): each for each in rows}


def own_surveys(pairings: Collection[UUID], member: Member) -> list[Response]:
    """The waves that the member was asked in, by when. One query, none without pairings."""
    if not pairings:
        return []
    rows = Response.objects.filter(pairing__in=list(pairings), member=member, moment__in=WAVES)
    return list(rows.filter(asked_at__isnull=False).order_by("asked_at", "pk"))


def waiting_surveys(
    pairings: Collection[Pairing], member: Member, *, now: datetime
) -> list[Response]:
    """Those of them that the member can answer now."""
    known = {each.pk: each for each in pairings}
    mine = own_surveys(known, member)
    return [each for each in mine if is_open(known[each.pairing_id], each, now=now)]


def survey_of(card: Card, moment: Moment, *, now: datetime) -> Survey:
    """Where one of the two stands with a wave, with the form once it was begun.

    Three queries at most.
    """
    pairing = card.pairing
    rows = Response.objects.filter(pairing=pairing, member=card.me.member_id, moment=moment)
    response: Response | None = rows.with_form().first()
    door = door_of(pairing, moment, response, now=now)
    if door:
        return Survey(moment, response, door)
    zone = zone_named(Organization.objects.get().time_zone)
    ends_on = rhythm_of([pairing])[pairing.pk].ends_on if moment == Moment.MIDPOINT else None
    span = span_of(pairing, moment, ends_on=ends_on, zone=zone)
    if (span and span.last < day_at(now, zone)) or not _may_come(pairing, moment):
        return Survey(moment, response, Door.OVER)
    return Survey(moment, response, Door.NOT_YET, span.first if span else None)


def waves_of(cohort: Cohort, *, now: datetime) -> list[Wave]:
    """The waves in which anybody was asked, in their order. One query."""
    rows = Response.objects.filter(pairing__cohort=cohort, moment__in=WAVES, asked_at__isnull=False)
    counted = (
        rows.order_by()
        .values("moment", "side")
        .annotate(asked=Count("member", distinct=True), last=Max("asked_at"))
        .values_list("moment", "side", "asked", "last")
    )
    asked: dict[str, dict[Side, int]] = {}
    lasts: dict[str, datetime] = {}
    for moment, side, people, last in counted:
        asked.setdefault(moment, {})[Side(side)] = people
        lasts[moment] = max(last, lasts.get(moment, last))
    return [
        Wave(
            moment,
            {side: asked[moment][side] for side in Side if side in asked[moment]},
            closes_at(lasts[moment]),
            closes_at(lasts[moment]) > now,
        )
        for moment in WAVES
        if moment in asked
    ]


def _may_come(pairing: Pairing, moment: Moment) -> bool:
    """Whether the pair is on its way there."""
    if pairing.ended_at is None:
        return True
    return moment in AFTER_THE_END and is_due_sometime(pairing, moment)
