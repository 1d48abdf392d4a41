"""What the organization writes down about a person."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import queries
from accounts.enums import ChartAction
from accounts.models import Member, Organization
from accounts.operations.audit import record
from accounts.operations.careers import note_steps
from accounts.queries.chart import chain_above
from accounts.readdressing import follow_records
from accounts.signals import leaves_begun, leaves_over, people_changed
from mentoring.lib.ids import uuid7
from mentoring.outbox.following import follow_people

FIELDS = (
    "name",
    "email",
    "job_title",
    "department",
    "location",
    "grade",
    "manager",
    "languages",
    "time_zone",
    "employee_number",
    "on_leave",
)
WHERE = {"time_zone", "location"}
STANDS = {"department", "grade"}
REFERENCES = ("department", "location", "grade", "manager")


class EmailTaken(Exception):
    """Somebody else of the organization has this address."""

    def __init__(self, member: Member) -> None:
        super().__init__(member)
        self.member = member


class NumberTaken(Exception):
    """Somebody else of the organization has this employee number."""


class Circle(Exception):
    """The manager would report to the person, directly or through others."""


@transaction.atomic
def add_person(*, values: Mapping[str, Any], actor: Member, now: datetime) -> Member:
    """List somebody who has not joined yet. Raises EmailTaken or NumberTaken."""
    _lock()
    member = Member(id=uuid7(), organization_id=actor.organization_id, **values)
    _refuse_taken(member)
    member.save(force_insert=True)
    note_steps([member.pk], now=now)
    facts = {field: _shown(values[field]) for field in FIELDS if values.get(field)}
    _record(ChartAction.PERSON_ADDED, member, actor, facts)
    people_changed.send(Member, now=now)
    return member


@transaction.atomic
def change_record(
    *, member: Member, values: Mapping[str, Any], actor: Member, now: datetime
) -> Member:
    """Set some of `FIELDS`. Raises EmailTaken, NumberTaken or Circle."""
    _lock()
    current = Member.objects.select_related(*REFERENCES).get(pk=member.pk)
    former, changes = current.email, dict[str, object]()
    for field, value in values.items():
        before = getattr(current, field)
        if before != value:
            changes[field] = [_shown(before), _shown(value)]
            setattr(current, field, value)
    if not changes:
        return current
    if "manager" in changes:
        _refuse_circle(current)
    if {"email", "employee_number"} & changes.keys():
        _refuse_taken(current)
    current.save(update_fields=list(changes))
    if changes.keys() & STANDS:
        note_steps([current.pk], now=now)
    if changes.keys() & WHERE:
        follow_people([current.pk], now=now)
    follow_records({current.pk: (former, current.email)}, now=now)
    _record(ChartAction.PERSON_CHANGED, current, actor, changes)
    _tell(current, changes, now=now)
    return current


def _tell(member: Member, changes: Collection[str], *, now: datetime) -> None:
    people_changed.send(Member, now=now)
    if "on_leave" in changes:
        leave = leaves_begun if member.on_leave else leaves_over
        leave.send(Member, members=[member.pk], now=now)


def _lock() -> None:
    """Two who make each other's people their managers come one after the other."""
    Organization.objects.select_for_update().get()


def _refuse_circle(member: Member) -> None:
    manager = member.manager
    if manager is None:
        return
    if member.pk in {manager.pk, *(each.pk for each in chain_above(manager))}:
        raise Circle


def _refuse_taken(member: Member) -> None:
    others = Member.objects.exclude(pk=member.pk)
    holder = others.filter(email__iexact=member.email).first() or _owner(member)
    if holder:
        raise EmailTaken(holder)
    number = member.employee_number
    if number and others.filter(employee_number=number).exists():
        raise NumberTaken


def _owner(member: Member) -> Member | None:
    """Somebody who has joined and proved that the address is theirs."""
    found = queries.members_by_email([member.email]) or queries.members_by_email(
        [member.email], active=False
    )
    holder = found.get(member.email)
    return holder if holder and holder.pk != member.pk else None


def _shown(value: Any) -> Any:
    """As the audit log keeps it: rows by their names, codes in one line."""
    if isinstance(value, list):
        return ", ".join(value)
    return value if isinstance(value, bool) else str(value or "")


def _record(action: ChartAction, member: Member, actor: Member, details: dict[str, object]) -> None:
    record(
        actor=actor,
        action=action,
        subject_id=member.pk,
        subject_name=str(member),
        details=details,
    )
