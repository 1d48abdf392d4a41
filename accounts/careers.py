"""Keeping where people stood. Workers do it too, so it stands beside operations.

Each is one statement, however many people there are.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from mentoring.tenancy.scope import organization_in_scope

# Who looks at the clock a moment too late comes after the step before all the same.
NOTE = """
INSERT INTO accounts_careerstep
    (organization_id, member_id, since, department, grade, grade_rank, is_here, by_chart)
SELECT member.organization_id, member.id, greatest(%(now)s, last.since),
    stands.department, stands.grade, stands.grade_rank, stands.is_here,
    %(by_chart)s AND last.since IS NOT NULL
FROM accounts_member AS member
LEFT JOIN accounts_department AS department
    ON department.organization_id = %(organization)s AND department.id = member.department_id
LEFT JOIN accounts_grade AS grade
    ON grade.organization_id = %(organization)s AND grade.id = member.grade_id
CROSS JOIN LATERAL (
    SELECT coalesce(department.name, '') AS department, coalesce(grade.name, '') AS grade,
        grade.rank AS grade_rank, member.deactivated_at IS NULL AS is_here
) AS stands
LEFT JOIN LATERAL (
    SELECT step.since, step.department, step.grade, step.grade_rank, step.is_here
    FROM accounts_careerstep AS step
    WHERE step.organization_id = %(organization)s AND step.member_id = member.id
    ORDER BY step.since DESC, step.id DESC
    LIMIT 1
) AS last ON true
WHERE member.organization_id = %(organization)s AND {whom}
    AND (last.since IS NULL
        OR (last.department, last.grade, last.grade_rank, last.is_here)
        IS DISTINCT FROM
        (stands.department, stands.grade, stands.grade_rank, stands.is_here))
"""
THESE = "member.id = ANY(%(members)s)"
EVERYBODY = "true"


def note_steps(members: Collection[UUID], *, now: datetime) -> int:
    """Write where these members stand now, for those who stood elsewhere before.

    Returns how many did. Call it in the transaction that moves them, after the last write.
    """
    if not members:
        return 0
    return _note(THESE, now=now, by_chart=False, members=list(members))


def note_chart(*, now: datetime) -> int:
    """Write down where everybody stands whose department or grade is called or ranked anew.

    Nobody is promoted by it, nor moved. Returns how many it concerned. Call it in the
    transaction that changes departments or grades, after the last write.
    """
    return _note(EVERYBODY, now=now, by_chart=True)


def _note(whom: str, *, now: datetime, by_chart: bool, members: Collection[UUID] = ()) -> int:
    facts: dict[str, Any] = {
        "organization": organization_in_scope(),
        "members": members,
        "now": now,
        "by_chart": by_chart,
    }
    with connection.cursor() as cursor:
        cursor.execute(NOTE.format(whom=whom), facts)
        return int(cursor.rowcount)
