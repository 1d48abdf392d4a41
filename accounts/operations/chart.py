"""Changing the parts of an organization: departments, locations and grades.

Every change waits for the organization's row, as does everything that puts people into the
parts: an import, or somebody who edits a record.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, RestrictedError

from accounts.enums import ChartAction, ChartPart, Step
from accounts.models import Department, Grade, Location, Member, Organization
from accounts.operations.audit import record
from accounts.operations.careers import note_chart
from accounts.signals import chart_merged, people_changed
from mentoring.outbox.following import follow_organization

type Part = Department | Location | Grade

MODELS: dict[ChartPart, type[Part]] = {
    ChartPart.DEPARTMENT: Department,
    ChartPart.LOCATION: Location,
    ChartPart.GRADE: Grade,
}


class NameTaken(Exception):
    """The organization has another one with this name."""


class StillUsed(Exception):
    """People are in it, or the rules of a cohort name it."""


class CannotMerge(Exception):
    """The two are one, of different kinds, or no longer there."""


@transaction.atomic
def add(*, kind: ChartPart, values: Mapping[str, str], actor: Member) -> Part:
    """Add a department, a location or, as the most senior one, a grade. Raises NameTaken."""
    _lock()
    row = MODELS[kind](**values)
    if isinstance(row, Grade):
        row.rank = (Grade.objects.aggregate(last=Max("rank"))["last"] or 0) + 1
    _save(row)
    _record(ChartAction.PART_ADDED, row, actor, {"part": kind_of(row)})
    return row


@transaction.atomic
def change(*, part: Part, values: Mapping[str, str], actor: Member, now: datetime) -> Part:
    """Rename it, or say where a location is. Raises NameTaken."""
    _lock()
    row = type(part).objects.get(pk=part.pk)
    changes: dict[str, object] = {}
    for field, value in values.items():
        before = getattr(row, field)
        if before != value:
            changes[field] = [before, value]
            setattr(row, field, value)
    if changes:
        _save(row)
        _record(ChartAction.PART_CHANGED, row, actor, {"part": kind_of(row), **changes})
        note_chart(now=now)
    if "time_zone" in changes:
        follow_organization(now=now)
    return row


@transaction.atomic
def merge(*, source: Part, target: Part, actor: Member, now: datetime) -> int:
    """Move everybody from one to another and delete it; return how many moved.

    Cannot be undone. Raises CannotMerge.
    """
    _lock()
    kind, model = kind_of(source), type(source)
    if kind_of(target) != kind or target.pk == source.pk:
        raise CannotMerge
    if model.objects.filter(pk__in=[source.pk, target.pk]).count() < 2:
        raise CannotMerge
    moved = Member.objects.filter(**{kind: source}).update(**{kind: target})
    chart_merged.send(model, source=source, target=target)
    details = {"part": kind, "into": target.name, "people": moved}
    _record(ChartAction.PART_MERGED, source, actor, details)
    model.objects.get(pk=source.pk).delete()
    _number_grades(kind)
    note_chart(now=now)
    people_changed.send(Member, now=now)
    if kind == ChartPart.LOCATION and moved:
        follow_organization(now=now)
    return moved


@transaction.atomic
def delete(*, part: Part, actor: Member, now: datetime) -> None:
    """Remove what nobody is in. Raises StillUsed."""
    _lock()
    kind = kind_of(part)
    _record(ChartAction.PART_DELETED, part, actor, {"part": kind})
    try:
        type(part).objects.get(pk=part.pk).delete()
    except RestrictedError as error:
        raise StillUsed from error
    if _number_grades(kind):
        note_chart(now=now)
        people_changed.send(Member, now=now)


@transaction.atomic
def move_grade(*, grade: Grade, step: Step, actor: Member, now: datetime) -> None:
    """One place towards the senior end (up) or the junior one; at the end nothing happens."""
    _lock()
    rows = list(Grade.objects.from_junior_to_senior())
    here = next(place for place, row in enumerate(rows) if row.pk == grade.pk)
    there = here + 1 if step == Step.UP else here - 1
    if not 0 <= there < len(rows):
        return
    before = _names(rows)
    rows[here], rows[there] = rows[there], rows[here]
    _sorted(rows, before, grade, actor, now=now)


@transaction.atomic
def turn_grades_around(*, actor: Member, now: datetime) -> None:
    """The most senior grade becomes the most junior one, and so on; twice is back again."""
    _lock()
    rows = list(Grade.objects.from_junior_to_senior())
    if len(rows) > 1:
        before = _names(rows)
        rows.reverse()
        _sorted(rows, before, rows[-1], actor, now=now)


def kind_of(part: Part) -> ChartPart:
    """Which of the three it is; also the name of the field of members that points to it."""
    return next(kind for kind, model in MODELS.items() if isinstance(part, model))


def _lock() -> None:
    Organization.objects.select_for_update().get()


def _number_grades(kind: ChartPart) -> bool:
    """Close gaps in the ranks, because their differences count; whether there was one."""
    return kind == ChartPart.GRADE and _number(list(Grade.objects.from_junior_to_senior()))


def _number(rows: list[Grade]) -> bool:
    changed = [row for number, row in enumerate(rows, start=1) if row.rank != number]
    for number, row in enumerate(rows, start=1):
        row.rank = number
    Grade.objects.bulk_update(changed, ["rank"])
    return bool(changed)


def _sorted(rows: list[Grade], before: str, about: Grade, actor: Member, *, now: datetime) -> None:
    """Give the grades their new ranks and tell everybody."""
    _number(rows)
    _record(ChartAction.GRADES_SORTED, about, actor, {"grades": [before, _names(rows)]})
    note_chart(now=now)
    people_changed.send(Member, now=now)


def _names(rows: list[Grade]) -> str:
    return " < ".join(row.name for row in rows)


def _save(row: Part) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NameTaken from error


def _record(action: ChartAction, row: Part, actor: Member, details: dict[str, Any]) -> None:
    record(actor=actor, action=action, subject_id=row.pk, subject_name=row.name, details=details)
