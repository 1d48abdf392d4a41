"""Writing a difference into the organization: people, and the places that they are in."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from accounts.enums import LineKind
from accounts.importing.everybody import MODELS
from accounts.importing.newcomers import insert
from accounts.models import Department, Grade, Location, Member
from accounts.roster.difference import Difference, Line
from accounts.roster.fields import Field
from accounts.roster.values import folded
from mentoring.lib.ids import uuid7
from mentoring.tenancy.scope import organization_in_scope

BATCH = 1000
WRITTEN = (
    *("name", "email", "employee_number", "job_title", "department", "location", "grade"),
    *("manager", "languages", "time_zone", "on_leave", "imported_at"),
    *("deactivated_at", "off_roster_at"),
)
# An address that one person gives up and another takes would collide for a moment.
STEP_ASIDE = """
UPDATE accounts_member SET email = id::text || '@moving.invalid'
WHERE organization_id = %s AND id = ANY(%s)
"""

type Report = Callable[[float], None]


@dataclass(slots=True)
class Written:
    """What was written, for those who want to know.

    ``on_leave`` are those who were not before, and ``back`` those who were.
    """

    gone: list[Member]
    changed: int
    members: Collection[UUID]
    on_leave: Collection[UUID]
    back: Collection[UUID]


def write(difference: Difference, *, now: datetime, report: Report) -> Written:
    """Make it so. Call it inside the transaction that the difference was computed in."""
    _create_places(difference)
    writer = _Writer(difference, now=now)
    changed = 0
    for done in writer.write():
        changed += done
        report(changed / max(1, len(writer.lines)))
    gone = _deactivate(difference, now=now)
    members = [writer.ids[line.number] for line in writer.lines] + [each.pk for each in gone]
    moved = [line for line in writer.lines if line.person and Field.ON_LEAVE in line.changes]
    on_leave = [writer.ids[line.number] for line in moved if line.values[Field.ON_LEAVE]]
    back = [writer.ids[line.number] for line in moved if not line.values[Field.ON_LEAVE]]
    return Written(gone, changed + len(gone), members, on_leave, back)


def _create_places(difference: Difference) -> None:
    created = difference.created
    Department.objects.bulk_create([Department(name=name) for name in created["departments"]])
    Location.objects.bulk_create([Location(name=name) for name in created["locations"]])
    highest = Grade.objects.aggregate(top=Max("rank"))["top"] or 0
    Grade.objects.bulk_create(
        [
            Grade(name=name, rank=rank)
            for rank, name in enumerate(created["grades"], start=highest + 1)
        ]
    )


class _Writer:
    """Writes new and changed people in batches. Managers may come in any order."""

    def __init__(self, difference: Difference, *, now: datetime) -> None:
        wanted = (LineKind.NEW, LineKind.CHANGED, LineKind.BACK)
        self.lines = [line for line in difference.lines if line.kind in wanted]
        self.now = now
        self.ids: dict[int, UUID] = {
            line.number: line.person.id if line.person else uuid7() for line in difference.lines
        }
        self.places = {
            kind: {folded(name): pk for pk, name in model.objects.values_list("pk", "name")}
            for kind, model in MODELS.items()
        }

    def write(self) -> Iterator[int]:
        """The number of people in each batch, once it is written."""
        self._step_aside()
        known = [line for line in self.lines if line.person]
        for lines in batched(known, BATCH):
            found = Member.objects.in_bulk([line.person.id for line in lines if line.person])
            members = [self._filled(found[self.ids[line.number]], line) for line in lines]
            Member.objects.bulk_create(
                members, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
            )
            yield len(members)
        new = [line for line in self.lines if not line.person]
        for lines in batched(new, BATCH):
            insert([self._filled(Member(id=self.ids[line.number]), line) for line in lines])
            yield len(lines)

    def _step_aside(self) -> None:
        """Let go of addresses that change hands within this list."""
        changing = [line for line in self.lines if line.person and Field.EMAIL in line.changes]
        given = {line.email for line in self.lines if Field.EMAIL in line.changes}
        moving = [
            line.person.id
            for line in changing
            if line.person and line.person.email.lower() in given
        ]
        if moving:
            with connection.cursor() as cursor:
                cursor.execute(STEP_ASIDE, [organization_in_scope(), moving])

    def _filled(self, member: Member, line: Line) -> Member:
        for name in line.changes:
            if name == Field.MANAGER:
                member.manager_id = self._manager(line)
            elif name in self.places:
                key = folded(line.values[name])
                setattr(member, f"{name}_id", self.places[name][key] if key else None)
            else:
                setattr(member, name, line.values[name])
        member.imported_at = self.now
        if line.kind == LineKind.BACK:
            member.deactivated_at = member.off_roster_at = None
        return member

    def _manager(self, line: Line) -> UUID | None:
        key: Any = line.manager
        return self.ids[key] if isinstance(key, int) else key


def _deactivate(difference: Difference, *, now: datetime) -> list[Member]:
    """Take those whom a full list does not name out of the organization."""
    leaving = [
        line.person.id for line in difference.lines if line.kind == LineKind.GONE and line.person
    ]
    gone: list[Member] = []
    for batch in batched(leaving, BATCH):
        people = Member.objects.filter(pk__in=batch)
        people.update(deactivated_at=now, off_roster_at=now)
        gone += people
    return gone
