"""New people of a list, written at once.

Django writes a row with an array as a thousand parameters of its own, which was most of the
time that applying a long list took. Here each column is one parameter.
"""

from collections.abc import Sequence

from django.db import connection

from accounts.models import Member
from mentoring.tenancy.scope import organization_in_scope

COLUMNS = {
    "id": "uuid",
    "name": "text",
    "email": "text",
    "employee_number": "text",
    "job_title": "text",
    "department_id": "uuid",
    "location_id": "uuid",
    "grade_id": "uuid",
    "manager_id": "uuid",
    "time_zone": "text",
    "on_leave": "boolean",
    "reach": "text",
    "imported_at": "timestamptz",
}
# Arrays within an array would have to be of one length, so they travel as text.
ARRAYS = {"roles": "varchar[]", "languages": "varchar[]"}
INSERT = """
INSERT INTO accounts_member (organization_id, created_at, {columns}, {arrays})
SELECT %s, imported_at, {columns}, {cast} FROM unnest({given}) AS given ({columns}, {arrays})
""".format(
    columns=", ".join(COLUMNS),
    arrays=", ".join(ARRAYS),
    cast=", ".join(f"{name}::{kind}" for name, kind in ARRAYS.items()),
    given=", ".join(
        [*(f"%s::{kind}[]" for kind in COLUMNS.values()), *["%s::text[]"] * len(ARRAYS)]
    ),
)


def insert(members: Sequence[Member]) -> None:
    """Write people who are not in the database yet, as created when they were imported.

    Call it inside a transaction.
    """
    columns = [[getattr(member, name) for member in members] for name in COLUMNS]
    arrays = [[_literal(getattr(member, name)) for member in members] for name in ARRAYS]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [organization_in_scope(), *columns, *arrays])


def _literal(words: Sequence[str]) -> str:
    """An array of codes as PostgreSQL reads it; codes hold letters and hyphens only."""
    return "{" + ",".join(f'"{word}"' for word in words) + "}"
