"""Which worker is at a run."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mentoring.matching.enums import UNFINISHED, RunState
from mentoring.matching.models import Run
from mentoring.matching.running.ends import end
from mentoring.outbox.leases import Claim, due, held, hold

# Longer than the engine is ever silent; a worker that lives renews it as it goes.
LEASE = timedelta(minutes=5)
# A run that takes its worker along every time would do so for ever.
MOST_ATTEMPTS = 3

type Clock = Callable[[], datetime]


@transaction.atomic
def claim(run_id: UUID, *, now: datetime) -> Claim | None:
    """Take the run, if it waits for work and nobody is at it."""
    found = due(Run.objects.filter(pk=run_id, state__in=UNFINISHED), now=now)
    if not found:
        return None
    if found.attempts >= MOST_ATTEMPTS:
        end(found, RunState.FAILED, now=now, trouble="gave_up")
        return None
    found.state, found.started_at = RunState.RUNNING, found.started_at or now
    found.attempts += 1
    return hold(found, now=now, lease=LEASE, also=["started_at", "attempts"])


def locked(claim: Claim) -> Run:
    """The run, for the rest of the transaction. Raises LostClaim."""
    found: Run = held(Run.objects.select_related("cohort__program"), claim)
    return found


@transaction.atomic
def renew(claim: Claim, *, now: datetime) -> bool:
    """Hold the run for another lease; no if it was canceled or taken over."""
    mine = Run.objects.filter(pk=claim.row_id, claim=claim.token, state=RunState.RUNNING)
    return bool(mine.update(look_at=now + LEASE))
