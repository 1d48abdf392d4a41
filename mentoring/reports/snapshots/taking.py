"""Taking the snapshots of one organization that are due. Twice is once, and half is nothing."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import batched
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Min

from accounts.models import Organization
from mentoring.lib.clock import day_at, end_of, instant, zone_named
from mentoring.pairings.models import Pairing
from mentoring.reports.bands import bands
from mentoring.reports.models import CohortFigures, Seat, Snapshot
from mentoring.reports.queries.parts import sums_by_place
from mentoring.reports.queries.sums import sums_by_cohort
from mentoring.reports.snapshots.calendar import A_DAY, is_month_end
from mentoring.reports.snapshots.running import run
from mentoring.reports.snapshots.statements import PAIRS, SEATS
from programs.models import Cohort, Participant

# Months before the first snapshot that are told as well, as far as rows still tell them.
MOST_MONTHS = 36
# From so many people on, adding up the rows of two years takes longer than a page may.
MANY_SEATS = 10_000
AT_ONCE = 2000


def take_due(*, now: datetime) -> list[Snapshot]:
    """Take what is missing up to yesterday: month ends first, each in a transaction of its own.

    Call it in the organization's scope, while no member is in scope, outside a transaction.
    """
    zone, missing = _missing(now=now)
    return [taken for day in missing if (taken := take(day, zone, now=now))]


@transaction.atomic
def take(day: date, zone: ZoneInfo, *, now: datetime) -> Snapshot | None:
    """Write down how things stood at the end of the day; None when that is done already.

    Of two workers the second waits at the constraint, and finds the day told. A day that is no
    month's last goes after another night, when nobody is at an export of it any more.
    """
    snapshot, is_new = Snapshot.objects.get_or_create(
        as_of=day, defaults={"is_month_end": is_month_end(day), "taken_at": now}
    )
    if not is_new:
        return None
    for telling in (PAIRS, SEATS):
        run(telling.insert, facts_of(snapshot, zone))
    seats = Seat.objects.filter(snapshot=snapshot).order_by()
    ranks = seats.filter(grade_rank__isnull=False)
    found = bands(ranks.values_list("grade", "grade_rank").distinct())
    snapshot.bands = [list(each.grades) for each in found]
    snapshot.is_combined = seats.count() >= MANY_SEATS
    snapshot.save(update_fields=["bands", "is_combined"])
    write_sums(snapshot)
    Snapshot.objects.filter(is_month_end=False, as_of__lt=day - A_DAY).delete()
    return snapshot


def write_sums(snapshot: Snapshot) -> None:
    """Add up its rows, some at a time, because of a large organization there are many."""
    for some in batched(figures_of(snapshot), AT_ONCE):
        CohortFigures.objects.bulk_create(some)


def figures_of(snapshot: Snapshot) -> Iterator[CohortFigures]:
    """What the rows of a snapshot add up to: each cohort as a whole, and each place in it."""
    for cohort_id, sums in sums_by_cohort(snapshot).items():
        yield CohortFigures(snapshot=snapshot, cohort_id=cohort_id, sums=sums)
    for cohort_id, place, sums in sums_by_place(snapshot):
        yield CohortFigures(snapshot=snapshot, cohort_id=cohort_id, sums=sums, **place._asdict())


def facts_of(snapshot: Snapshot, zone: ZoneInfo) -> dict[str, Any]:
    """What the statements have to know."""
    return {
        "organization": snapshot.organization_id,
        "snapshot": snapshot.pk,
        "until": end_of(snapshot.as_of, zone),
        "month": instant(snapshot.as_of.replace(day=1), time(), zone),
        "zone": zone.key,
    }


@transaction.atomic
def _missing(*, now: datetime) -> tuple[ZoneInfo, list[date]]:
    zone = zone_named(Organization.objects.get().time_zone)
    known = set(Snapshot.objects.values_list("as_of", flat=True))
    days = _days(zone, day_at(now, zone) - A_DAY)
    return zone, [day for day in days if day not in known]


def _beginning() -> datetime | None:
    """When the first thing happened that a snapshot tells of."""
    firsts = (
        Cohort.objects.aggregate(first=Min("created_at"))["first"],
        Participant.objects.aggregate(first=Min("submitted_at"))["first"],
        Pairing.objects.aggregate(first=Min("began_at"))["first"],
    )
    return min((each for each in firsts if each), default=None)


def _days(zone: ZoneInfo, yesterday: date) -> Iterator[date]:
    """The month ends since anything happened, and yesterday."""
    first = _beginning()
    if first:
        began = day_at(first, zone).replace(day=1)
        ends = [yesterday] if is_month_end(yesterday) else []
        month = yesterday.replace(day=1)
        while month > began and len(ends) < MOST_MONTHS:
            ends.append(month - A_DAY)
            month = (month - A_DAY).replace(day=1)
        yield from reversed(ends)
    if not is_month_end(yesterday):
        yield yesterday
