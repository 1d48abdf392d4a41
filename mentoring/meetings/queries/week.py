"""The week of the cohorts that somebody runs: numbers, dates, and which pairs need a hand.

Whoever is one of a pair knows it as that, and not as somebody who runs it: what the pair needs
is neither named nor counted.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.models import Member, Organization
from mentoring.lib.clock import day_at, instant, zone_named
from mentoring.meetings.models import Meeting
from mentoring.meetings.queries.health import Look, pairs_in
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from programs.enums import CohortState, Side
from programs.models import Cohort
from programs.queries.coordinators import at_work_on
from programs.queries.funnel import Standing, standings_of

# As many pairs are named; the board has all of them.
NAMED = 3
WEEK = timedelta(days=7)
SOON = 2 * WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortWeek:
    """One cohort. ``needing`` is how many pairs need something, ``named`` the most pressing."""

    cohort: Cohort
    active: int = 0
    introductory: int = 0
    paused: int = 0
    closing: int = 0
    overdue: int = 0
    held: int = 0
    waiting: int = 0
    needing: int = 0
    named: list[Any] = field(default_factory=list)
    standings: Mapping[Side, Standing] | None = None
    closes: date | None = None
    starts: date | None = None
    ends: date | None = None
    has_date_soon: bool = False

    @property
    def has_pairs(self) -> bool:
        return bool(self.active or self.introductory or self.paused or self.closing or self.held)

    @property
    def has_news(self) -> bool:
        """Whether there is anything that a quiet week would not have."""
        happened = self.overdue or self.held or self.waiting or self.needing
        return bool(happened or self.standings or self.has_date_soon)


def who_reads() -> dict[UUID, Member]:
    """Everybody who runs a cohort that is on its way, by key. Three queries."""
    _cohorts, runners = at_work_on()
    return {each.pk: each for people in runners.values() for each in people}


def who_reads_of(cohort_id: UUID) -> list[UUID]:
    """Those whose weekly mail has this cohort, while it is on its way. Three queries."""
    cohorts, runners = at_work_on()
    programs = [each.program_id for each in cohorts if each.pk == cohort_id]
    return [each.pk for program in programs for each in runners[program]]


def week_of(member_id: UUID, *, begins: date, now: datetime) -> list[CohortWeek]:
    """Each cohort that the member runs; ``begins`` is the Monday after the week in question.

    The same number of queries, however many cohorts and pairs.
    """
    cohorts, runners = at_work_on()
    own = [
        each
        for each in cohorts
        if member_id in {runner.pk for runner in runners.get(each.program_id, ())}
    ]
    if not own:
        return []
    zone = zone_named(Organization.objects.get().time_zone)
    today = day_at(now, zone)
    keys = [each.pk for each in own]
    span = instant(begins - WEEK, time(), zone), instant(begins, time(), zone)
    counts = _pairs(keys, member_id, today)
    _add(counts, "held", _held(keys, span), "pairing__cohort")
    _add(counts, "waiting", _waiting(keys, member_id, now), "cohort")
    named = _named(keys, Look(member_id, now, today))
    open_ones = [each.pk for each in own if _is_open(each, today)]
    standings = standings_of(open_ones, today=today)
    return [
        CohortWeek(
            cohort=each,
            **counts.get(each.pk, {}),
            needing=named[each.pk][0].needing if each.pk in named else 0,
            named=named.get(each.pk, []),
            standings=standings.get(each.pk),
            **_dates(each, today),
        )
        for each in own
    ]


def _not_of(member_id: UUID) -> Q:
    return ~(Q(mentor__member=member_id) | Q(mentee__member=member_id))


def _pairs(keys: Collection[UUID], member_id: UUID, today: date) -> dict[UUID, dict[str, Any]]:
    states = {
        "active": PairingState.ACTIVE,
        "introductory": PairingState.INTRODUCTORY,
        "paused": PairingState.PAUSED,
        "closing": PairingState.CLOSING,
    }
    late = Q(state=PairingState.INTRODUCTORY, introduction_due_on__lt=today)
    rows: Any = Pairing.objects.live().filter(cohort__in=keys).order_by().values("cohort")
    counted = rows.annotate(
        **{name: Count("pk", filter=Q(state=state)) for name, state in states.items()},
        overdue=Count("pk", filter=late & _not_of(member_id)),
    )
    return {row.pop("cohort"): row for row in counted}


def _held(keys: Collection[UUID], span: tuple[datetime, datetime]) -> QuerySet[Any]:
    first, last = span
    rows = Meeting.objects.held().filter(pairing__cohort__in=keys)
    return rows.filter(starts_at__gte=first, starts_at__lt=last)


def _waiting(keys: Collection[UUID], member_id: UUID, now: datetime) -> QuerySet[Any]:
    rows = Pairing.objects.proposed().filter(cohort__in=keys, expires_at__gt=now)
    return rows.filter(_not_of(member_id))


def _add(counts: dict[UUID, dict[str, Any]], name: str, rows: QuerySet[Any], cohort: str) -> None:
    for key, count in rows.order_by().values_list(cohort).annotate(count=Count("pk")):
        counts.setdefault(key, {})[name] = count


def _named(keys: Collection[UUID], look: Look) -> dict[UUID, list[Any]]:
    """The most pressing pairs of each cohort, each with ``needing``: how many there are."""
    rows = pairs_in(keys, look).filter(_not_of(look.member), needs__gt=0)
    pressing = [F("needs").desc(), F("drift").desc(), F("pk").asc()]
    ranked = rows.annotate(
        needing=Window(Count("pk"), partition_by="cohort"),
        rank=Window(RowNumber(), partition_by="cohort", order_by=pressing),
    )
    found: dict[UUID, list[Any]] = {}
    for pair in ranked.filter(rank__lte=NAMED).order_by("rank"):
        found.setdefault(pair.cohort_id, []).append(pair)
    return found


def _is_open(cohort: Cohort, today: date) -> bool:
    opens, closes = cohort.enrollment_opens_on, cohort.enrollment_closes_on
    is_within = (opens is None or opens <= today) and (closes is None or today <= closes)
    return cohort.state == CohortState.ENROLLING and is_within


def _dates(cohort: Cohort, today: date) -> dict[str, Any]:
    """What lies ahead, as far as the cohort is not past it."""
    is_enrolling = cohort.state == CohortState.ENROLLING
    is_before = is_enrolling or cohort.state == CohortState.MATCHING
    wanted = {
        "closes": cohort.enrollment_closes_on if is_enrolling else None,
        "starts": cohort.starts_on if is_before else None,
        "ends": cohort.ends_on,
    }
    ahead = {name: day for name, day in wanted.items() if day and day >= today}
    return {**ahead, "has_date_soon": any(day <= today + SOON for day in ahead.values())}
