"""Which worker is at a run."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentoring.matching.enums import UNFINISHED, RunState
from mentoring.matching.models import Run
from mentoring.matching.running.ends import end
from mentoring.outbox import leases
from mentoring.outbox.leases import Claim, held, hold


@transaction.atomic
def claim(run_id: UUID, *, now: datetime) -> Claim | None:
    """Take the run, if it waits for work and nobody is at it."""

    def give_up(run: Run) -> None:
        end(run, RunState.FAILED, now=now, trouble="gave_up")

    rows = Run.objects.filter(pk=run_id, state__in=UNFINISHED)
    found = leases.attempt(rows, now=now, give_up=give_up)
    if not found:
        return None
    found.state, found.started_at = RunState.RUNNING, found.started_at or now
    return hold(found, now=now, also=["started_at", "attempts"])


def locked(claim: Claim) -> Run:
    """The run, for the rest of the transaction. Raises LostClaim."""
    found: Run = held(Run.objects.select_related("cohort__program"), claim)
    return found


@transaction.atomic
def renew(claim: Claim, *, now: datetime) -> bool:
    """Hold the run for another lease; no if it was canceled or taken over."""
    return leases.renew(Run.objects.all(), claim, now=now)
