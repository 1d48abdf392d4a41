"""When the organization works, and when its people may be written to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from accounts.models import Holiday, Member, Organization
from accounts.reaching import ZONE_FIELDS
from mentoring.lib.clock import zone_named
from mentoring.lib.workdays import EVERY_DAY, WorkingCalendar


@dataclass(frozen=True, slots=True)
class Hours:
    """The organization's week: the hour of reminders, and the days that are worked on."""

    reminder_hour: time
    working: WorkingCalendar
    sends_on_free_days: bool

    @property
    def sending(self) -> WorkingCalendar:
        """The days on which people may be written to."""
        return EVERY_DAY if self.sends_on_free_days else self.working


def working_hours() -> Hours:
    """Those of the organization in scope, in one query. Ask once for a portion of work."""
    days = ArraySubquery(Holiday.objects.order_by().values("date"))
    rows = Organization.objects.annotate(holidays=days)
    reminder_hour, weekdays, on_free_days, holidays = rows.values_list(
        "reminder_hour", "working_days", "sends_on_free_days", "holidays"
    ).get()
    working = WorkingCalendar(frozenset(weekdays), frozenset(holidays))
    return Hours(reminder_hour, working, on_free_days)


def working_calendar() -> WorkingCalendar:
    """The days that the organization in scope works on; see `working_hours`."""
    return working_hours().working


def zones_of(member_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """The zone of each person, else of the place of work, else of the organization."""
    rows = Member.objects.filter(pk__in=member_ids).values_list("pk", *ZONE_FIELDS)
    return {key: zone_named(*(name or "" for name in names)).key for key, *names in rows}


def holidays_in(year: int) -> QuerySet[Holiday]:
    """The organization's holidays of a year, in their order."""
    return Holiday.objects.filter(date__year=year).order_by("date")


def holiday_years() -> dict[int, int]:
    """How many holidays there are in each year that has any."""
    rows = Holiday.objects.annotate(year=ExtractYear("date")).values_list("year")
    return dict(rows.annotate(count=Count("pk")).order_by("year"))


def holidays_on(days: Collection[date]) -> dict[date, str]:
    """Which of the days are holidays already, with their names."""
    return dict(Holiday.objects.filter(date__in=days).values_list("date", "name"))


def holiday_with(holiday_id: UUID) -> QuerySet[Holiday]:
    """The holiday with this key, for those who change it."""
    return Holiday.objects.filter(pk=holiday_id)
