"""What an export tells of: the rows of one snapshot that the reader may see, and no others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from accounts.models import Member, Organization
from accounts.permissions import Permission
from mentoring.lib.clock import end_of, zone_named
from mentoring.reports.models import PairFigures, Seat, Snapshot
from programs.queries.cohorts import cohorts_of

# What narrows to people, and the column in which a snapshot has it.
PARTS = {"departments": "department", "locations": "location", "grades": "grade"}


class NoSnapshot(LookupError):
    """Nothing is kept of that day."""


class NotAllowed(Exception):
    """The person may not see what the export would tell."""


@dataclass(frozen=True, slots=True)
class CohortName:
    """A cohort, as its rows call it."""

    pk: UUID
    name: str
    program: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One snapshot, the cohorts in order, and names that narrow; empty ones narrow nothing.

    What happened from ``ends_at`` on, when the day was over, is not told.
    """

    member: Member
    organization: Organization
    snapshot_id: UUID
    as_of: date
    ends_at: datetime
    zone: ZoneInfo
    cohorts: tuple[CohortName, ...]
    departments: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    is_pseudonymous: bool = False
    language: str = "en"

    def pairs(self) -> QuerySet[PairFigures]:
        """The pairs of which one person is in all parts that are named."""
        rows = PairFigures.objects.filter(snapshot=self.snapshot_id, cohort__in=self.cohort_keys)
        return rows.filter(self._people("mentor_") | self._people("mentee_"))

    def seats(self) -> QuerySet[Seat]:
        """The people who are in all parts that are named."""
        rows = Seat.objects.filter(snapshot=self.snapshot_id, cohort__in=self.cohort_keys)
        return rows.filter(self._people(""))

    @property
    def cohort_keys(self) -> list[UUID]:
        return [each.pk for each in self.cohorts]

    def _people(self, side: str) -> Q:
        named = {column: getattr(self, part) for part, column in PARTS.items()}
        return Q(**{f"{side}{column}__in": names for column, names in named.items() if names})


def snapshot_of(day: date) -> Snapshot:
    """The snapshot of that day. Raises NoSnapshot."""
    found: Snapshot | None = Snapshot.objects.filter(as_of=day).first()
    if found is None:
        raise NoSnapshot(day)
    return found


def scope_for(
    member: Member,
    *,
    as_of: date,
    filters: Mapping[str, Sequence[str]],
    is_pseudonymous: bool = False,
    language: str = "en",
) -> Scope:
    """What the member may see of it. Raises NoSnapshot, or NotAllowed when that is nothing."""
    if member.deactivated_at or not member.may(Permission.REPORTS_EXPORT):
        raise NotAllowed
    organization = Organization.objects.get()
    cohorts = reached_by(member, filters)
    if not cohorts and any(filters.get(name) for name in ("programs", "cohorts")):
        raise NotAllowed
    zone = zone_named(organization.time_zone)
    return Scope(
        member=member,
        organization=organization,
        snapshot_id=snapshot_of(as_of).pk,
        as_of=as_of,
        ends_at=end_of(as_of, zone),
        zone=zone,
        cohorts=cohorts,
        is_pseudonymous=is_pseudonymous,
        language=language,
        **{part: tuple(filters.get(part, ())) for part in PARTS},
    )


def reached_by(member: Member, filters: Mapping[str, Sequence[str]]) -> tuple[CohortName, ...]:
    """The cohorts that the member may look at and that are named, in the order of their names."""
    rows = cohorts_of(member)
    if programs := filters.get("programs"):
        rows = rows.filter(program__in=[UUID(each) for each in programs])
    if cohorts := filters.get("cohorts"):
        rows = rows.filter(pk__in=[UUID(each) for each in cohorts])
    found = rows.order_by("program__name", "name", "pk").values_list("pk", "name", "program__name")
    return tuple(CohortName(*each) for each in found)


def canonical(filters: Mapping[str, Any]) -> dict[str, list[str]]:
    """Filters as they are stored: what names nothing is left out, the rest is sorted."""
    named = {name: sorted({str(each) for each in found}) for name, found in filters.items()}
    return {name: named[name] for name in sorted(named) if named[name]}
