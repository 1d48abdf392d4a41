"""Saying that an export has ended, to whoever waits for it."""

from datetime import datetime

from accounts.reaching import address_of
from mentoring.outbox.adding import enqueue_all
from mentoring.reports.models import Export

READY = "reports.export_ready"
MONTHLY = "reports.monthly_export_ready"


def tell(export: Export, *, now: datetime) -> None:
    """Once for each export. Call it in the transaction that ends it."""
    recipient = address_of(export.requested_by)
    enqueue_all(
        kind=MONTHLY if export.schedule_id else READY,
        wanted=[(recipient, export.pk, export.state)],
        due_at=now,
        expires_at=export.expires_at,
    )
