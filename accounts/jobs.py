"""What workers do with lists of people. Twice is as good as once, and so is half and again."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connections

from accounts.enums import ImportState
from accounts.importing.applying import apply
from accounts.importing.asking import send
from accounts.importing.checking import check
from accounts.importing.claims import Claim, LostClaim, claim
from accounts.importing.ends import end_with, forget
from accounts.roster.findings import Code, Finding, Unreadable
from mentoring.outbox.nudge import broker

logger = structlog.get_logger(__name__)

type Clock = Callable[[], datetime]

DUE = "SELECT organization_id, id FROM accounts_peopleimport WHERE look_at <= %s"


def sweep(*, now: datetime) -> int:
    """Find imports that wait for a worker, in all organizations, and ask for a look at each."""
    with connections["system"].cursor() as cursor:
        cursor.execute(DUE, [now])
        due = cursor.fetchall()
    if due:
        with broker() as connection:
            for organization_id, import_id in due:
                send(connection, organization_id, import_id)
    return len(due)


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
