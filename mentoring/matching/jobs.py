"""What workers do with runs. Twice is as good as once, and so is half and again."""

from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, transaction

from mentoring.lib.clock import Clock
from mentoring.matching.engine.engine import match
from mentoring.matching.engine.errors import Cancelled
from mentoring.matching.enums import RunState
from mentoring.matching.running.claims import claim, locked
from mentoring.matching.running.ends import end, forget
from mentoring.matching.running.keeping import asked, store
from mentoring.matching.running.pulse import Pulse
from mentoring.matching.running.troubles import trouble_of
from mentoring.matching.running.work import RUNS
from mentoring.outbox.leases import Claim, LostClaim

logger = structlog.get_logger(__name__)


def look(*, run_id: UUID, clock: Clock) -> bool:
    """Do what the run waits for, if nobody else is at it; return whether it was waiting."""
    found = claim(run_id, now=clock())
    if found is None:
        return forget(run_id, now=clock())
    try:
        _solve(found, clock)
    except (LostClaim, Cancelled):
        logger.info("run_given_up")
    return True


def _solve(found: Claim, clock: Clock) -> None:
    """The whole run. Raises LostClaim or Cancelled."""
    RUNS.note(found.row_id, 0.0, "gathering")
    try:
        question, settings = asked(found, now=clock())
        pulse = Pulse(found, clock)
        result = match(
            question.arrays,
            settings.rules,
            settings.weights,
            progress=pulse.progress,
            cancelled=pulse.cancelled,
        )
        pulse.progress("storing", 0, 1)
        store(found, question, result, now=clock())
    except (LostClaim, Cancelled, OperationalError, InterfaceError):
        raise
    except Exception as error:
        trouble = trouble_of(error)
        if trouble == "failed":
            logger.exception("run_failed", error=type(error).__name__)
        _fail(found, trouble, clock)


@transaction.atomic
def _fail(found: Claim, trouble: str, clock: Clock) -> None:
    end(locked(found), RunState.FAILED, now=clock(), trouble=trouble)
