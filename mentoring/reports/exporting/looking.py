"""What workers do with exports. Twice is as good as once, and half is begun anew."""

from uuid import UUID
from zipfile import LargeZipFile

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import override
from xlsxwriter.exceptions import FileSizeError

from mentoring.lib.clock import Clock
from mentoring.outbox.leases import Claim, LostClaim
from mentoring.reports.enums import ExportState
from mentoring.reports.exporting.claims import claim, locked
from mentoring.reports.exporting.ends import end, forget
from mentoring.reports.exporting.naming import file_name
from mentoring.reports.exporting.pieces import Pieces, begin
from mentoring.reports.exporting.pulse import Pulse
from mentoring.reports.exporting.registry import chosen
from mentoring.reports.exporting.scope import NoSnapshot, NotAllowed, Scope, scope_for, snapshot_of
from mentoring.reports.exporting.telling import tell
from mentoring.reports.exporting.writing import write
from mentoring.reports.models import Export

logger = structlog.get_logger(__name__)

# No table is counted further to tell how much is done.
MOST_COUNTED = 10_000_000


def look(*, export_id: UUID, clock: Clock, tells: bool = True) -> bool:
    """Do what the export waits for, if nobody else is at it; return whether it was waiting.

    ``tells`` sends a mail about the end, to somebody who does not wait for it.
    """
    found = claim(export_id, now=clock())
    if found is None:
        return forget(export_id, now=clock())
    try:
        _make(found, clock, tells=tells)
    except LostClaim:
        logger.info("export_given_up")
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        trouble = _trouble_of(error)
        if trouble == "failed":
            logger.exception("export_failed", error=type(error).__name__)
        _fail(found, trouble, clock, tells=tells)
    return True


def _make(found: Claim, clock: Clock, *, tells: bool) -> None:
    """The whole file. Raises LostClaim, NoSnapshot or NotAllowed."""
    export = begin(found)
    with override(export.language):
        scope, estimate = _asked(export)
        with timezone.override(scope.zone):
            pulse = Pulse(found, clock, estimate=estimate)
            pieces = Pieces(found)
            write(export, scope, pulse.write_through(pieces), pulse)
            pieces.close()
            _finish(found, pieces, scope, pulse.count, clock, tells=tells)


@transaction.atomic
def _asked(export: Export) -> tuple[Scope, int]:
    tables = chosen(export.tables)
    scope = scope_for(
        export.requested_by,
        as_of=export.as_of,
        filters=export.filters,
        is_pseudonymous=export.is_pseudonymous,
        language=export.language,
    )
    if not all(scope.member.may(each.permission) for each in tables):
        raise NotAllowed
    return scope, sum(each.count(scope, MOST_COUNTED) for each in tables)


@transaction.atomic
def _finish(
    found: Claim, pieces: Pieces, scope: Scope, count: int, clock: Clock, *, tells: bool
) -> None:
    """All or nothing, and only if the day is still the one that was read."""
    export = locked(found)
    if snapshot_of(scope.as_of).pk != scope.snapshot_id:
        raise NoSnapshot(scope.as_of)
    export.rows, export.cohorts = count, scope.cohort_keys
    export.digest, export.size = pieces.digest, pieces.size
    slug, tables = scope.organization.slug, chosen(export.tables)
    export.file_name = file_name(slug, tables, export.format, export.as_of)
    end(export, ExportState.DONE, now=clock())
    if tells:
        tell(export, now=clock())


@transaction.atomic
def _fail(found: Claim, trouble: str, clock: Clock, *, tells: bool) -> None:
    export = locked(found)
    end(export, ExportState.FAILED, now=clock(), trouble=trouble)
    if tells:
        tell(export, now=clock())


def _trouble_of(error: Exception) -> str:
    match error:
        case NoSnapshot():
            return "no_snapshot"
        case NotAllowed():
            return "not_allowed"
        case LargeZipFile() | FileSizeError():
            return "too_large"
        case _:
            return "failed"
