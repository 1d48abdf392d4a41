"""When schedules are due next: arithmetic on rows, and writing many of them at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from mentoring.lib.clock import zone_named
from mentoring.lib.recurrence import Timetable
from mentoring.lib.workdays import EVERY_DAY
from mentoring.outbox.almanac import Almanac, zones_of
from mentoring.outbox.models import Schedule
from mentoring.outbox.recurring import recurring_kind
from mentoring.tenancy.scope import organization_in_scope

WRITTEN = {
    "label": "text",
    "every": "text",
    "anchor": "date",
    "at": "time",
    "zone": "text",
    "done_on": "date",
    "next_on": "date",
    "next_at": "timestamptz",
    "ended_at": "timestamptz",
}
WRITE = """
UPDATE outbox_schedule AS schedule SET {values}
FROM unnest(%s::uuid[], {arrays}) AS written (id, {names})
WHERE schedule.organization_id = %s AND schedule.id = written.id
""".format(
    values=", ".join(f"{name} = written.{name}" for name in WRITTEN),
    arrays=", ".join(f"%s::{type_}[]" for type_ in WRITTEN.values()),
    names=", ".join(WRITTEN),
)


def timetable_of(schedule: Schedule, almanac: Almanac) -> Timetable:
    """The schedule's rule at its hour and place, on the days of its kind."""
    kind = recurring_kind(schedule.kind)
    return Timetable(
        rule=schedule.rule,
        at=schedule.at or almanac.hour,
        zone=zone_named(schedule.zone),
        calendar=kind.calendar(almanac) if kind else EVERY_DAY,
    )


def begin(schedule: Schedule, almanac: Almanac, *, now: datetime) -> None:
    """Let the schedule go on with what comes after now, and with no day that was settled."""
    table = timetable_of(schedule, almanac)
    following = table.next(now)
    if schedule.done_on and schedule.done_on >= following:
        following = table.rule.day_after(schedule.done_on)
    schedule.next_on = following
    schedule.next_at, schedule.ended_at = table.instant_of(following), None


def move_where_people_are(schedules: Sequence[Schedule], almanac: Almanac) -> None:
    """Let the next occurrence keep its nominal day, at the hour and place that count now."""
    zones = zones_of({each.person for each in schedules})
    for schedule in schedules:
        schedule.zone = zones.get(schedule.person, schedule.zone)
        schedule.next_at = timetable_of(schedule, almanac).instant_of(schedule.next_on)


def write_all(schedules: Iterable[Schedule]) -> None:
    """Save the schedules, whose rows the caller holds, in one statement."""
    rows = list(schedules)
    if not rows:
        return
    columns: list[list[Any]] = [[getattr(row, name) for row in rows] for name in WRITTEN]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [[row.pk for row in rows], *columns, organization_in_scope()])
