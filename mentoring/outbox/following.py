"""Schedules, and messages planned for a morning, follow people and the organization.

What one person gets is moved at once, and what all get by a worker in portions, with a second
look for what was being written meanwhile.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from mentoring.lib.ids import uuid7
from mentoring.outbox.adding import enqueue_all
from mentoring.outbox.almanac import current_almanac, recipients_of
from mentoring.outbox.models import Schedule
from mentoring.outbox.planned import plan_anew, planned
from mentoring.outbox.reckoning import move_where_people_are, write_all
from mentoring.tenancy.models import TenantQuerySet
from mentoring.tenancy.scope import organization_in_scope

BATCH = 1000
# Whoever plans something while the organization's hours change may have read the old ones.
SECOND_LOOK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Rows that move together, and how some of them do, which the caller holds."""

    rows: Callable[[datetime], TenantQuerySet[Any]]
    move: Callable[[Sequence[Any], datetime], None]


def _move_schedules(held: Sequence[Schedule], _now: datetime) -> None:
    move_where_people_are(held, current_almanac())
    write_all(held)


SCHEDULES = Crowd(lambda _now: Schedule.objects.going_on(), _move_schedules)
PLANNED = Crowd(
    lambda now: planned(now=now),
    lambda held, now: plan_anew(held, current_almanac(), now=now),
)
# By the kind of the message that lets a worker move a portion.
CROWDS: Mapping[str, Crowd] = {
    "outbox.move_schedules": SCHEDULES,
    "outbox.move_planned": PLANNED,
}


@transaction.atomic
def follow_people(persons: Collection[UUID], *, now: datetime) -> None:
    """These few people are in another zone: what comes next for them comes at its hour there."""
    for crowd, whose in (
        (SCHEDULES, {"person__in": list(persons)}),
        (PLANNED, {"recipient__in": list(recipients_of(persons))}),
    ):
        rows = crowd.rows(now).filter(**whose)
        if held := list(rows.select_for_update().order_by("pk")):
            crowd.move(held, now)


@transaction.atomic
def follow_organization(*, now: datetime) -> None:
    """Hours, holidays or the zones of many are other ones: workers move all that is planned.

    Call it in the transaction that changes them.
    """
    for kind, crowd in CROWDS.items():
        if crowd.rows(now).exists():
            _plan(kind, f"{uuid7()}:", due_at=now, now=now)
            _plan(kind, f"{uuid7()}:", due_at=now + SECOND_LOOK, now=now)


def move_portion(kind: str, occurrence: str, *, now: datetime) -> None:
    """Move the portion that the occurrence names, and plan the one behind it.

    Doing it twice is doing it once: the same portion plans the same next one.
    """
    crowd = CROWDS[kind]
    cause, _, last = occurrence.partition(":")
    rows = crowd.rows(now).order_by("pk")
    behind = rows.filter(pk__gt=UUID(last)) if last else rows
    held = list(behind.select_for_update()[:BATCH])
    if held:
        crowd.move(held, now)
    if len(held) == BATCH:
        _plan(kind, f"{cause}:{held[-1].pk}", due_at=now, now=now)


def _plan(kind: str, occurrence: str, *, due_at: datetime, now: datetime) -> None:
    here = organization_in_scope()
    enqueue_all(kind=kind, wanted=[(str(here), here, occurrence)], due_at=due_at, now=now)
