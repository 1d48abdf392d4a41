"""What workers do for reports. Twice is as good as once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connections, transaction

from mentoring.lib.clock import day_at, zone_named
from mentoring.outbox.nudge import broker, send
from mentoring.reports.disclosure.telling import tell_month
from mentoring.reports.disclosure.weekly import tell_week
from mentoring.reports.exporting.scheduling import plan_scheduled
from mentoring.reports.models import Snapshot
from mentoring.reports.snapshots.taking import take_due

TAKE = "reports.take_snapshots"
LATEST = """
SELECT organization.id, organization.time_zone, max(snapshot.as_of)
FROM accounts_organization AS organization
LEFT JOIN reports_snapshot AS snapshot ON snapshot.organization_id = organization.id
GROUP BY organization.id, organization.time_zone
"""


def sweep(*, now: datetime) -> int:
    """Ask for the snapshots of all organizations whose yesterday is not told yet."""
    with connections["system"].cursor() as cursor:
        cursor.execute(LATEST)
        found = cursor.fetchall()
    due = [
        organization_id
        for organization_id, zone, latest in found
        if not latest or latest < day_at(now, zone_named(zone)) - timedelta(days=1)
    ]
    if due:
        with broker() as connection:
            for organization_id in due:
                send(connection, TAKE, {"organization_id": str(organization_id)})
    return len(due)


def take_snapshots(*, now: datetime) -> None:
    """Tell the days of the organization in scope that are over, and what follows a week or month.

    What follows is asked for every night, so that a worker that dies in between leaves nothing
    out; each of it is done once.
    """
    take_due(now=now)
    for snapshot_id in _latest():
        tell_week(snapshot_id, now=now)
    for snapshot_id in _latest(is_month_end=True):
        tell_month(snapshot_id, now=now)
        plan_scheduled(snapshot_id, now=now)


@transaction.atomic
def _latest(**narrowed: bool) -> list[UUID]:
    rows = Snapshot.objects.filter(**narrowed).latest_first()
    return list(rows.values_list("pk", flat=True)[:1])
