"""What the nights of the last year told in the demo."""

from datetime import datetime

from mentoring.reports.disclosure.telling import tell_month
from mentoring.reports.disclosure.weekly import tell_week
from mentoring.reports.models import Snapshot
from mentoring.reports.snapshots.taking import take_due

# Of the months before, those about whose groups something is told.
TOLD = 3


def tell_days(*, now: datetime) -> None:
    """Take the snapshots of all month ends and of yesterday, and tell of groups what may be told.

    Call it inside the organization's scope and while no member is in scope.
    """
    take_due(now=now)
    latest = Snapshot.objects.filter(is_month_end=True).latest_first()[:TOLD]
    for snapshot in reversed(latest):
        tell_month(snapshot.pk, now=now)
    for snapshot in Snapshot.objects.latest_first()[:1]:
        tell_week(snapshot.pk, now=now)
