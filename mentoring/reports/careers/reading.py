"""What the comparison is made of, out of the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from accounts.models import CareerStep, Organization
from mentoring.lib.clock import day_at, end_of, zone_named
from mentoring.pairings.models import Pairing
from mentoring.reports.careers.groups import Clock, Material
from mentoring.reports.careers.measures import TO_FIND_PARTNERS, TO_SEE_ANYTHING
from mentoring.reports.careers.people import by_member
from mentoring.reports.models import Snapshot
from programs.enums import Side
from programs.models import Participant

STEP = ("member_id", "since", "department", "grade", "grade_rank", "is_here", "by_chart")


def material_of(cohorts: Collection[UUID], snapshot: Snapshot) -> Material:
    """What is known of these cohorts at the end of the snapshot's day.

    Four queries; two when it is too early for any of them. Call it while no member is in scope
    or as somebody who may see reports: it looks at everybody.
    """
    zone = zone_named(Organization.objects.values_list("time_zone", flat=True).get())
    until = end_of(snapshot.as_of, zone)
    clocks = _clocks(cohorts, snapshot, zone, until=until)
    if not clocks:
        return Material()
    steps = CareerStep.objects.filter(since__lt=until).order_by("member", "since", "pk")
    return Material(clocks, by_member(steps.values_list(*STEP)), _took_part(until=until))


def _clocks(
    cohorts: Collection[UUID], snapshot: Snapshot, zone: ZoneInfo, *, until: datetime
) -> list[Clock]:
    rows = Pairing.objects.filter(cohort__in=cohorts, began_at__lt=until).values_list(
        "cohort_id", "began_at", "mentor__member_id", "mentee__member_id"
    )
    pairs: Mapping[UUID, list[tuple[datetime, UUID, UUID]]] = defaultdict(list)
    for cohort_id, began_at, mentor, mentee in rows:
        if began_at:
            pairs[cohort_id].append((began_at, mentor, mentee))
    found = []
    for cohort_id, of_cohort in pairs.items():
        first = min(began_at for began_at, *_ in of_cohort)
        day = day_at(first, zone) + TO_FIND_PARTNERS
        if snapshot.as_of - day >= TO_SEE_ANYTHING:
            start = end_of(day, zone)
            found.append(Clock(cohort_id, start, _matched(of_cohort, by=start)))
    return found


def _matched(pairs: Iterable[tuple[datetime, UUID, UUID]], *, by: datetime) -> frozenset[UUID]:
    return frozenset(person for began_at, *two in pairs if began_at < by for person in two)


def _took_part(*, until: datetime) -> frozenset[UUID]:
    """Who had ever sent an enrollment, whatever became of it, or had a partner."""
    paired = Q()
    for side in Side:
        pairs = Pairing.objects.filter(began_at__lt=until, **{side.value: OuterRef("pk")})
        paired |= Q(Exists(pairs))
    rows = Participant.objects.filter(Q(submitted_at__lt=until) | paired)
    return frozenset(rows.values_list("member_id", flat=True))
