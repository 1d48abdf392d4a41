"""Schedules that are due become messages: each occurrence once, however many workers ask.

Messages and the next day of their schedules are written in one transaction, so that a worker
that is killed at any moment neither loses an occurrence nor makes one twice.
"""

import random
import time
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Min
from kombu import Connection
from kombu.exceptions import KombuError

from mentoring.lib.clock import Clock
from mentoring.lib.recurrence import DAY
from mentoring.outbox.adding import enqueue_all
from mentoring.outbox.almanac import Almanac, current_almanac
from mentoring.outbox.models import Schedule
from mentoring.outbox.nudge import broker, send
from mentoring.outbox.queries import organizations_with_schedules_due
from mentoring.outbox.reckoning import timetable_of, write_all
from mentoring.outbox.recurring import RecurringKind, recurring_kind, recurring_names

logger = structlog.get_logger(__name__)

TASK = "outbox.unroll"
PERIOD = timedelta(minutes=1)
SLICE = 3.0
PORTION = 500
# A schedule whose kind raises is asked again after this long.
TRY_AGAIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A message that a schedule makes now."""

    schedule: Schedule
    name: str
    due_at: datetime
    expires_at: datetime


def sweep_schedules(*, now: datetime) -> int:
    """Ask workers to look at every organization with schedules due; return how many."""
    organization_ids = organizations_with_schedules_due(now=now)
    if organization_ids:
        random.shuffle(organization_ids)
        with broker() as connection:
            for organization_id in organization_ids:
                ask_to_unroll(connection, organization_id, until=now + PERIOD)
    return len(organization_ids)


def ask_to_unroll(connection: Connection, organization_id: UUID, *, until: datetime) -> None:
    """Send one ``outbox.unroll``. ``until`` is how long it may ask for itself again."""
    arguments = {"organization_id": str(organization_id), "until": until.isoformat()}
    send(connection, TASK, arguments)


def ask_again(organization_id: UUID, *, until: datetime) -> None:
    """Queue the next slice behind other organizations. Without Redis the sweep will do."""
    try:
        with broker() as connection:
            ask_to_unroll(connection, organization_id, until=until)
    except (KombuError, OSError) as error:
        logger.warning("outbox_ask_again_failed", error=type(error).__name__)


def unroll(*, clock: Clock, seconds: float = SLICE) -> bool:
    """Work on the schedules of the organization in scope; whether more are waiting."""
    ends = time.monotonic() + seconds
    while unroll_some(now=clock()):
        if time.monotonic() >= ends:
            return True
    return False


def unroll_until(at: datetime, *, clock: Clock) -> None:
    """Settle what is due by then, as if time went on to it: no occurrence ahead is left out."""
    while (first := _first_due(at)) is not None:
        if not unroll_some(now=max(first, clock())):
            # Somebody else holds them.
            return


@transaction.atomic
def _first_due(at: datetime) -> datetime | None:
    due = Schedule.objects.due(now=at).filter(kind__in=recurring_names())
    first: datetime | None = due.aggregate(first=Min("next_at"))["first"]
    return first


@transaction.atomic
def unroll_some(*, now: datetime) -> int:
    """Settle the schedules that have been due for longest; return how many there were.

    Those of a kind that this release does not know wait for one that does.
    """
    due = Schedule.objects.due(now=now).filter(kind__in=recurring_names()).order_by("next_at")
    held = list(due.select_for_update(skip_locked=True)[:PORTION])
    if not held:
        return 0
    almanac = current_almanac()
    by_kind = attrgetter("kind")
    for name, same in groupby(sorted(held, key=by_kind), key=by_kind):
        if kind := recurring_kind(name):
            _settle(kind, list(same), almanac, now=now)
    return len(held)


def _settle(
    kind: RecurringKind, schedules: Sequence[Schedule], almanac: Almanac, *, now: datetime
) -> None:
    """Settle schedules of one kind; when that fails, halve them to find the one at fault."""
    try:
        with transaction.atomic():
            _settle_together(kind, schedules, almanac, now=now)
    except Exception as error:  # noqa: BLE001 - one that fails is noted and keeps no other waiting
        if len(schedules) > 1:
            middle = len(schedules) // 2
            _settle(kind, schedules[:middle], almanac, now=now)
            _settle(kind, schedules[middle:], almanac, now=now)
            return
        failed = schedules[0]
        Schedule.objects.filter(pk=failed.pk).update(next_at=now + TRY_AGAIN)
        logger.warning(
            "outbox_schedule_failed",
            schedule_id=str(failed.pk),
            kind=kind.name,
            error=type(error).__name__,
        )


def _settle_together(
    kind: RecurringKind, schedules: Sequence[Schedule], almanac: Almanac, *, now: datetime
) -> None:
    # Copies: what fails here is tried again in halves, from where it stood.
    moved = [copy(each) for each in schedules]
    made = [found for each in moved if (found := advance(kind, each, almanac, now=now))]
    recipients = kind.recipients([each.schedule for each in made], now) if made else {}
    moments = attrgetter("due_at", "expires_at")
    for (due_at, expires_at), same in groupby(sorted(made, key=moments), key=moments):
        wanted = [
            (recipients[each.schedule.pk], each.schedule.subject_id, each.name)
            for each in same
            if each.schedule.pk in recipients
        ]
        enqueue_all(kind=kind.name, wanted=wanted, due_at=due_at, expires_at=expires_at, now=now)
    write_all(moved)


def advance(
    kind: RecurringKind, schedule: Schedule, almanac: Almanac, *, now: datetime
) -> Occurrence | None:
    """Move the schedule on, and say what it makes now: the newest that is still worth it.

    What a zone or a calendar put off meanwhile is moved, not made.
    """
    table = timetable_of(schedule, almanac)
    newest = table.newest(now)
    if newest is None or newest < schedule.next_on:
        schedule.next_at = table.instant_of(schedule.next_on)
        return None
    schedule.done_on, schedule.next_on = newest, table.rule.day_after(newest)
    schedule.next_at = table.instant_of(schedule.next_on)
    came_at = table.instant_of(newest)
    expires_at, due_at = came_at + kind.lasts, came_at
    if now.astimezone(table.zone).date() >= came_at.astimezone(table.zone).date() + DAY:
        # Days late, it still comes at a civil hour, unless the next one does before.
        due_at = table.civil_from(now)
    if due_at >= min(expires_at, schedule.next_at) or expires_at <= now:
        return None
    return Occurrence(schedule, schedule.occurrence_on(newest), due_at, expires_at)
