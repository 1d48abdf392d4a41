"""Starting a run and giving it up. Workers do the rest."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import Member
from accounts.operations.audit import record
from mentoring.matching.engine.settings import VERSION
from mentoring.matching.enums import UNFINISHED, Action, Purpose, RunState
from mentoring.matching.models import Publication, Run
from mentoring.matching.recipes import Settings
from mentoring.matching.running.current import MAY_PLAN, MAY_TRY, NotYet
from mentoring.matching.running.ends import end
from mentoring.matching.running.work import RUNS
from programs.models import Cohort


class AlreadyRunning(Exception):
    """Another plan of this cohort waits for a worker, or one is at it."""


class StillPublishing(Exception):
    """Proposals of the cohort's last plan are on their way; they come first."""


@transaction.atomic
def start(
    *, cohort: Cohort, purpose: Purpose, settings: Settings, actor: Member | None, now: datetime
) -> Run:
    """Queue a run. A trial takes the place of the actor's earlier one that is not finished.

    ``actor`` None is the product itself. Raises NotYet, StillPublishing or AlreadyRunning.
    """
    allowed = MAY_PLAN if purpose == Purpose.PLAN else MAY_TRY
    if cohort.state not in allowed:
        raise NotYet
    on_the_way = Publication.objects.on_the_way().filter(run__cohort=cohort)
    if purpose == Purpose.PLAN and on_the_way.exists():
        raise StillPublishing
    if purpose == Purpose.TRIAL:
        trials = Run.objects.filter(cohort=cohort, purpose=purpose, started_by=actor)
        for earlier in trials.filter(state__in=UNFINISHED).select_for_update():
            end(earlier, RunState.CANCELED, now=now)
    try:
        with transaction.atomic():
            run: Run = Run.objects.create(
                cohort=cohort,
                purpose=purpose,
                settings=settings.as_json(),
                version=VERSION,
                started_by=actor,
                queued_at=now,
                look_at=now,
            )
    except IntegrityError as taken:
        raise AlreadyRunning from taken
    _record(Action.PLAN_STARTED, run, actor)
    RUNS.ask_after_commit(run.organization_id, run.pk)
    return run


@transaction.atomic
def cancel(*, run: Run, actor: Member, now: datetime) -> Run:
    """Give the run up; the worker that is at it notices within seconds. Twice is once.

    A run that has ended stays as it is.
    """
    runs = Run.objects.select_for_update(of=("self",)).select_related("cohort__program")
    found: Run = runs.get(pk=run.pk)
    if found.state in UNFINISHED:
        end(found, RunState.CANCELED, now=now)
        _record(Action.PLAN_CANCELED, found, actor)
    return found


def _record(action: Action, run: Run, actor: Member | None, **details: int) -> None:
    """Trials are no business events."""
    if run.purpose == Purpose.PLAN:
        record(
            actor=actor,
            action=action,
            subject_id=run.pk,
            subject_name=f"{run.cohort.program} · {run.cohort}",
            details=details,
        )
