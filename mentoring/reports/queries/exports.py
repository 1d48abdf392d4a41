"""Exports and what they can be made of, for the member who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format

from accounts.enums import Role
from accounts.models import Department, Grade, Location, Member
from accounts.permissions import Permission
from mentoring.reports.enums import ExportState
from mentoring.reports.exporting.registry import chosen
from mentoring.reports.exporting.work import EXPORTS
from mentoring.reports.models import Export, Snapshot
from programs.models import Cohort
from programs.queries.cohorts import cohorts_of
from programs.queries.programs import programs_of

MOST_DAYS = 60

type Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a member may choose from for an export."""

    days: Choices
    programs: Choices
    cohorts: Choices
    departments: Choices
    locations: Choices
    grades: Choices


def exports_of(member: Member) -> QuerySet[Export]:
    """The member's own exports; owners answer for all of them."""
    rows = Export.objects.select_related("requested_by", "schedule")
    if not member.may(Permission.REPORTS_EXPORT):
        return rows.none()
    return rows if Role.OWNER in member.roles else rows.filter(requested_by=member)


def may_fetch(member: Member, export: Export, *, now: datetime) -> bool:
    """Whether the file is there, and the member may still see all that is in it."""
    if export.state != ExportState.DONE or not export.expires_at or export.expires_at <= now:
        return False
    if not all(member.may(each.permission) for each in chosen(export.tables)):
        return False
    told = Cohort.objects.filter(pk__in=export.cohorts)
    return not told.exclude(pk__in=cohorts_of(member).values("pk")).exists()


def percent_of(export: Export) -> int:
    """How far the worker has come."""
    return EXPORTS.noted(export.pk)[0] if export.state == ExportState.RUNNING else 0


def offer_to(member: Member) -> Offer:
    """A few queries, however much there is."""
    cohorts = cohorts_of(member).order_by("program__name", "name", "pk")
    return Offer(
        days=[(day.isoformat(), date_format(day)) for day in days()],
        programs=[(str(each.pk), each.name) for each in programs_of(member)],
        cohorts=[(str(each.pk), f"{each.program} · {each}") for each in cohorts],
        departments=_names(Department.objects.by_name().values_list("name", flat=True)),
        locations=_names(Location.objects.by_name().values_list("name", flat=True)),
        grades=_names(Grade.objects.from_junior_to_senior().values_list("name", flat=True)),
    )


def days() -> list[date]:
    """The days that can be told of, the latest first."""
    return list(Snapshot.objects.latest_first().values_list("as_of", flat=True)[:MOST_DAYS])


def cohorts_named(keys: Iterable[UUID]) -> list[str]:
    """What the cohorts are called, with their programs."""
    rows = Cohort.objects.filter(pk__in=list(keys)).select_related("program")
    return [f"{each.program} · {each}" for each in rows.order_by("program__name", "name", "pk")]


def _names(names: Iterable[str]) -> Choices:
    return [(each, each) for each in names]
