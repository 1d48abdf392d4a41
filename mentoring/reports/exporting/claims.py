"""Which worker is at an export."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentoring.outbox import leases
from mentoring.outbox.leases import Claim, held, hold
from mentoring.reports.enums import UNFINISHED, ExportState
from mentoring.reports.exporting.ends import end
from mentoring.reports.models import Export


@transaction.atomic
def claim(export_id: UUID, *, now: datetime) -> Claim | None:
    """Take the export, if it waits for work and nobody is at it."""

    def give_up(export: Export) -> None:
        end(export, ExportState.FAILED, now=now, trouble="gave_up")

    rows = Export.objects.filter(pk=export_id, state__in=UNFINISHED)
    found = leases.attempt(rows, now=now, give_up=give_up)
    if not found:
        return None
    found.state, found.started_at = ExportState.RUNNING, found.started_at or now
    return hold(found, now=now, also=["started_at", "attempts"])


def locked(claim: Claim) -> Export:
    """The export, for the rest of the transaction. Raises LostClaim."""
    found: Export = held(Export.objects.all(), claim)
    return found


@transaction.atomic
def renew(claim: Claim, *, now: datetime) -> bool:
    """Hold the export for another lease; no if it was canceled or taken over."""
    return leases.renew(Export.objects.all(), claim, now=now)
