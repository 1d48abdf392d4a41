"""Who is asked, how often, and from which day on: schedules that follow the pairs."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Member, Organization
from mentoring.checkins.models import OwnDay
from mentoring.checkins.queries.checkins import own_days_of
from mentoring.checkins.rhythm import ASK, EVERY, is_asked
from mentoring.lib.clock import day_at, zone_named
from mentoring.lib.recurrence import Every
from mentoring.outbox.schedules import Wanted, end_schedules, keep_schedules
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import rhythm_of
from programs.enums import Side
from programs.proposals import months_later

FARTHEST_MONTHS = 3


class BadDay(Exception):
    """Check-ins can begin on a day ahead, within three months."""


def follow(keys: Collection[UUID], *, now: datetime) -> None:
    """Let the two of each of these pairs be asked in its rhythm, or not any more. Twice is once."""
    pairs = list(Pairing.objects.filter(pk__in=list(keys)).select_related("mentor", "mentee"))
    asked = [each for each in pairs if is_asked(each)]
    rhythms, own_days = rhythm_of(asked), own_days_of([each.pk for each in asked])
    zone = zone_named(Organization.objects.get().time_zone)
    wanted = [
        _wanted(
            pairing,
            side,
            every=EVERY[rhythms[pairing.pk].cadence],
            met_on=day_at(pairing.introduced_at or now, zone),
            own_day=own_days.get((pairing.pk, pairing.person(side).member_id)),
        )
        for pairing in asked
        for side in Side
    ]
    keep_schedules(kind=ASK, wanted=wanted, now=now)
    stop([each.pk for each in pairs if each not in asked], now=now)


def _wanted(
    pairing: Pairing, side: Side, *, every: Every, met_on: date, own_day: date | None
) -> Wanted:
    """From the own day on; else from one turn after the first meeting, never on its very day."""
    return Wanted(
        person=pairing.person(side).member_id,
        subject_id=pairing.pk,
        label=side.value,
        every=every,
        anchor=own_day or met_on,
        settled=None if own_day else met_on,
    )


def stop(keys: Collection[UUID], *, now: datetime) -> None:
    """Nobody is asked about these pairs any more."""
    if keys:
        end_schedules(kind=ASK, subject_ids=keys, now=now)


@transaction.atomic
def choose_day(
    *, pairing: Pairing, member: Member, day: date | None, today: date, now: datetime
) -> None:
    """Be asked from that day on, in the pair's rhythm; without one on the usual day.

    Raises BadDay.
    """
    if day and not today < day <= months_later(today, FARTHEST_MONTHS):
        raise BadDay
    if day:
        OwnDay.objects.update_or_create(
            organization_id=pairing.organization_id,
            pairing=pairing,
            member=member,
            defaults={"day": day},
        )
    else:
        OwnDay.objects.filter(pairing=pairing, member=member).delete()
    follow([pairing.pk], now=now)
