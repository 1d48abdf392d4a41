"""What the outbox answers."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connections
from django.db.models import Count, QuerySet

from mentoring.outbox.enums import State
from mentoring.outbox.models import Message, Schedule

# Hops from one organization to the next through the index of waiting rows, so that
# a backlog of a million rows costs as much as one of ten.
ORGANIZATIONS_WITH_ROWS = """
WITH RECURSIVE walk AS (
    (SELECT organization_id FROM {table}
     WHERE {column} IS NOT NULL ORDER BY organization_id LIMIT 1)
    UNION ALL
    SELECT (SELECT next.organization_id FROM {table} AS next
            WHERE next.{column} IS NOT NULL AND next.organization_id > walk.organization_id
            ORDER BY next.organization_id LIMIT 1)
    FROM walk WHERE walk.organization_id IS NOT NULL
)
SELECT organization_id FROM walk WHERE EXISTS (
    SELECT FROM {table} AS waiting
    WHERE waiting.organization_id = walk.organization_id AND waiting.{column} <= %s
)
"""
ORGANIZATIONS_WITH_WORK = ORGANIZATIONS_WITH_ROWS.format(table="outbox_message", column="look_at")
ORGANIZATIONS_WITH_SCHEDULES = ORGANIZATIONS_WITH_ROWS.format(
    table="outbox_schedule", column="next_at"
)


def organizations_with_work(*, now: datetime) -> list[UUID]:
    """The organizations that have messages due, asked as the system role."""
    return _asked_as_system(ORGANIZATIONS_WITH_WORK, now)


def organizations_with_schedules_due(*, now: datetime) -> list[UUID]:
    """The organizations that have schedules due, asked as the system role."""
    return _asked_as_system(ORGANIZATIONS_WITH_SCHEDULES, now)


def _asked_as_system(question: str, now: datetime) -> list[UUID]:
    with connections["system"].cursor() as cursor:
        cursor.execute(question, [now])
        return [organization_id for (organization_id,) in cursor.fetchall()]


def next_occasion(*, kind: str, person: UUID, subject_id: UUID) -> datetime | None:
    """When a schedule makes the person's next message of the kind about the subject."""
    rows = Schedule.objects.going_on().filter(kind=kind, person=person, subject_id=subject_id)
    return rows.values_list("next_at", flat=True).first()


def message_log() -> QuerySet[Message]:
    """The organization's messages, latest first. There is no text in them to show."""
    return Message.objects.order_by("-due_at", "-pk")


def failed_messages() -> QuerySet[Message]:
    """Messages that were given up and can be sent again by hand."""
    return Message.objects.filter(state=State.QUARANTINED)


def occasions_of(*, kind: str, occurrence: str) -> set[UUID]:
    """What there are messages of this kind and occurrence about, sent or not."""
    messages = Message.objects.filter(kind=kind, occurrence=occurrence)
    return set(messages.values_list("subject_id", flat=True))


def counts_by_occurrence(*, kind: str, occurrences: Iterable[str]) -> dict[str, dict[str, int]]:
    """How many messages of each occurrence are in which state."""
    messages = Message.objects.filter(kind=kind, occurrence__in=list(occurrences))
    rows = messages.values("occurrence", "state").annotate(count=Count("pk")).order_by()
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["occurrence"], {})[row["state"]] = row["count"]
    return found
