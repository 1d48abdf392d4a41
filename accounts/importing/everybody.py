"""The organization's people as a list is compared with them."""

from typing import Any

from accounts.enums import Role
from accounts.models import Department, Grade, Location, Member
from accounts.roster.fields import Field
from accounts.roster.known import Known, Person

COLUMNS = (
    *("id", "name", "email", "employee_number", "job_title", "department_id", "location_id"),
    *("grade_id", "manager_id", "languages", "time_zone", "on_leave", "roles"),
    *("deactivated_at", "off_roster_at", "left_at"),
)
MODELS: dict[str, Any] = {
    Field.DEPARTMENT: Department,
    Field.LOCATION: Location,
    Field.GRADE: Grade,
}
BATCH = 2000


def load() -> Known:
    """Everybody, also those who are gone. Four queries; call it inside a transaction."""
    names = {kind: dict(model.objects.values_list("pk", "name")) for kind, model in MODELS.items()}
    people = {}
    kept: dict[str, str] = {}
    for row in Member.objects.values_list(*COLUMNS).iterator(chunk_size=BATCH):
        person = _person(dict(zip(COLUMNS, row, strict=True)), names, kept)
        people[person.id] = person
    return Known(people, {kind: found.values() for kind, found in names.items()})


def _person(row: dict[str, Any], names: dict[str, dict[Any, str]], kept: dict[str, str]) -> Person:
    is_active = row["deactivated_at"] is None
    return Person(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        employee_number=row["employee_number"],
        values={
            Field.JOB_TITLE: kept.setdefault(row["job_title"], row["job_title"]),
            Field.LANGUAGES: row["languages"],
            Field.TIME_ZONE: kept.setdefault(row["time_zone"], row["time_zone"]),
            Field.ON_LEAVE: row["on_leave"],
            **{kind: names[kind].get(row[f"{kind}_id"], "") for kind in MODELS},
        },
        manager_id=row["manager_id"],
        is_active=is_active,
        may_return=not is_active and row["off_roster_at"] is not None and row["left_at"] is None,
        has_left=row["left_at"] is not None,
        is_owner=is_active and Role.OWNER in row["roles"],
    )
