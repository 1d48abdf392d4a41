"""How exports end, and how their files are forgotten."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mentoring.reports.enums import ExportState
from mentoring.reports.models import Export, ExportPiece

LIFETIME = timedelta(days=7)


def end(export: Export, state: ExportState, *, now: datetime, trouble: str = "") -> None:
    """Save the locked export in its last state. Only a finished one keeps its file for a while."""
    export.state, export.trouble = state, trouble
    export.ended_at, export.claim, export.look_at = now, None, None
    if state == ExportState.DONE:
        export.expires_at = export.look_at = now + LIFETIME
    else:
        drop_pieces(export)
    export.save()


@transaction.atomic
def forget(export_id: UUID, *, now: datetime) -> bool:
    """Delete the file of an export whose time is over; what it was stays written down."""
    over = Export.objects.filter(pk=export_id, state=ExportState.DONE, look_at__lte=now)
    found = over.select_for_update(skip_locked=True).first()
    if not found:
        return False
    drop_pieces(found)
    found.state, found.look_at = ExportState.EXPIRED, None
    found.save(update_fields=["state", "look_at"])
    return True


def drop_pieces(export: Export) -> None:
    """Without loading them first."""
    ExportPiece.objects.filter(export=export)._raw_delete(using="default")
