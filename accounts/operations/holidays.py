"""The days off of an organization."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from accounts.enums import Action
from accounts.models import Holiday, Member, Organization
from accounts.operations.audit import record
from accounts.operations.hours import tell_new_hours


class DayTaken(Exception):
    """The day is a holiday already, by this name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@transaction.atomic
def add_holiday(*, day: date, name: str, actor: Member, now: datetime) -> None:
    """Add one day off. Raises DayTaken."""
    _lock()
    if there := Holiday.objects.filter(date=day).first():
        raise DayTaken(there.name)
    add_holidays(days={day: name}, actor=actor, now=now)


@transaction.atomic
def add_holidays(*, days: Mapping[date, str], actor: Member, now: datetime) -> int:
    """Add many days off at once; return how many were new. Those that are there stay."""
    _lock()
    there = set(Holiday.objects.filter(date__in=days).values_list("date", flat=True))
    new = [Holiday(date=day, name=name) for day, name in days.items() if day not in there]
    Holiday.objects.bulk_create(new)
    if new:
        only = str(new[0]) if len(new) == 1 else ""
        _record(Action.HOLIDAYS_ADDED, actor, only, len(new))
        tell_new_hours(now=now)
    return len(new)


@transaction.atomic
def remove_holiday(*, holiday: Holiday, actor: Member, now: datetime) -> None:
    """Let the day be one like any other; twice is once."""
    _lock()
    deleted, _ = Holiday.objects.filter(pk=holiday.pk).delete()
    if deleted:
        _record(Action.HOLIDAY_REMOVED, actor, str(holiday), 1)
        tell_new_hours(now=now)


def _lock() -> None:
    """Two who add the same day come one after the other."""
    Organization.objects.select_for_update().get()


def _record(action: Action, actor: Member, name: str, count: int) -> None:
    record(actor=actor, action=action, subject_name=name, details={"holidays": count})
