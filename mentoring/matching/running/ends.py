"""How runs end, and how trials are forgotten."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mentoring.matching.enums import UNFINISHED, Purpose, RunState
from mentoring.matching.models import Run, RunData, RunPair, RunRest

TRIALS_LIVE = timedelta(days=1)


def end(run: Run, state: RunState, *, now: datetime, trouble: str = "") -> None:
    """Save the locked run in its last state. Without a result, nothing that went in is kept."""
    run.state, run.ended_at, run.trouble = state, now, trouble
    run.claim = None
    run.look_at = now + TRIALS_LIVE if run.purpose == Purpose.TRIAL else None
    if state == RunState.CANCELED:
        run.canceled_at = now
    run.save()
    if state != RunState.DONE:
        RunData.objects.filter(run=run).delete()


@transaction.atomic
def forget(run_id: UUID, *, now: datetime) -> bool:
    """Delete a trial whose day is over."""
    trials = Run.objects.filter(pk=run_id, purpose=Purpose.TRIAL, look_at__lte=now)
    ended = trials.exclude(state__in=UNFINISHED)
    found = ended.select_for_update(skip_locked=True).first()
    if not found:
        return False
    # Thousands of rows that nothing points to need not be loaded first.
    for model in (RunPair, RunRest):
        model.objects.filter(run=found)._raw_delete(using="default")
    found.delete()
    return True
