"""Messages planned for a morning: at which instant, as hours, free days and places are now."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection

from mentoring.lib.clock import day_at, instant, zone_named
from mentoring.lib.workdays import DAY
from mentoring.outbox.almanac import Almanac, zones_at
from mentoring.outbox.enums import State
from mentoring.outbox.models import Message, MessageQuerySet
from mentoring.tenancy.scope import organization_in_scope

WRITE = """
UPDATE outbox_message AS message SET due_at = moved.due_at, look_at = moved.due_at
FROM unnest(%s::uuid[], %s::timestamptz[]) AS moved (id, due_at)
WHERE message.organization_id = %s AND message.id = moved.id
"""


def planned(*, now: datetime) -> MessageQuerySet:
    """What waits for a morning that has not come yet."""
    ahead = Message.objects.filter(due_on__isnull=False, look_at__isnull=False)
    return ahead.filter(state=State.QUEUED, due_at__gt=now)


def plan_anew(messages: Sequence[Message], almanac: Almanac, *, now: datetime) -> None:
    """Let these messages, whose rows the caller holds, come in the morning that counts now.

    Those of readers whose place nobody knows stay where they are.
    """
    zones = zones_at({each.recipient for each in messages})
    moved = [
        (each.pk, due_at)
        for each in messages
        if each.due_on
        and each.recipient in zones
        and (due_at := _morning(each, each.due_on, almanac, zones[each.recipient], now=now))
        != each.due_at
    ]
    if moved:
        keys, moments = zip(*moved, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [list(keys), list(moments), organization_in_scope()])


def _morning(
    message: Message, day: date, almanac: Almanac, zone_name: str, *, now: datetime
) -> datetime:
    """That of the day, or the next one; the last before it when the next would be too late.

    What is still to come today, at an hour that now is past, comes as it was planned. What no
    morning that is left brings in time keeps to the next one, and will expire.
    """
    zone, calendar = zone_named(zone_name), almanac.calendar
    today, planned_for = day_at(now, zone), day_at(message.due_at, zone)
    later = _on(calendar.on_or_after(max(day, today)), almanac, zone)
    if later <= now:
        if planned_for == today and calendar.is_working_day(today):
            return message.due_at
        later = _on(calendar.days_after(today, 1), almanac, zone)
    if message.expires_at is None or later < message.expires_at:
        return later
    earlier = _on(calendar.days_before(day + DAY, 1), almanac, zone)
    return earlier if earlier > now else later


def _on(day: date, almanac: Almanac, zone: ZoneInfo) -> datetime:
    return instant(day, almanac.hour, zone)
