"""What workers do with lists of people. Twice is as good as once, and so is half and again."""

from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from accounts.enums import ImportState
from accounts.importing.applying import apply
from accounts.importing.checking import check
from accounts.importing.claims import claim
from accounts.importing.ends import end_with, forget
from accounts.roster.findings import Code, Finding, Unreadable
from mentoring.lib.clock import Clock
from mentoring.outbox.leases import Claim, LostClaim

logger = structlog.get_logger(__name__)


def look(*, import_id: UUID, clock: Clock) -> bool:
    """Do what the import waits for, if nobody else is at it; return whether it was waiting."""
    found = claim(import_id, now=clock())
    if found is None:
        return forget(import_id, now=clock())
    try:
        _work(found, clock)
    except LostClaim:
        logger.info("import_taken_over")
    except Unreadable as unreadable:
        end_with(found, unreadable.finding, now=clock())
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("import_failed", error=type(error).__name__)
        end_with(found, Finding(Code.FAILED), now=clock())
    return True


def _work(found: Claim, clock: Clock) -> None:
    if found.state == ImportState.CHECKING:
        check(found, clock=clock)
    else:
        apply(found, clock=clock)
