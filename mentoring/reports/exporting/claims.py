"""Which worker is at an export."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mentoring.outbox.leases import Claim, due, held, hold
from mentoring.reports.enums import UNFINISHED, ExportState
from mentoring.reports.exporting.ends import end
from mentoring.reports.models import Export

# A worker that lives renews it with every second of work.
LEASE = timedelta(minutes=5)
# An export that takes its worker along every time would do so for ever.
MOST_ATTEMPTS = 3

type Clock = Callable[[], datetime]


@transaction.atomic
def claim(export_id: UUID, *, now: datetime) -> Claim | None:
    """Take the export, if it waits for work and nobody is at it."""
    found = due(Export.objects.filter(pk=export_id, state__in=UNFINISHED), now=now)
    if not found:
        return None
    if found.attempts >= MOST_ATTEMPTS:
        end(found, ExportState.FAILED, now=now, trouble="gave_up")
        return None
    found.state, found.started_at = ExportState.RUNNING, found.started_at or now
    found.attempts += 1
    return hold(found, now=now, lease=LEASE, also=["started_at", "attempts"])


def locked(claim: Claim) -> Export:
    """The export, for the rest of the transaction. Raises LostClaim."""
    found: Export = held(Export.objects.all(), claim)
    return found


@transaction.atomic
def renew(claim: Claim, *, now: datetime) -> bool:
    """Hold the export for another lease; no if it was canceled or taken over."""
    mine = Export.objects.filter(pk=claim.row_id, claim=claim.token, state=ExportState.RUNNING)
    return bool(mine.update(look_at=now + LEASE))
