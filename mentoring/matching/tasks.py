"""Worker entry points. A message only says "look"; losing one costs at most a minute."""

from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from mentoring.matching import jobs, outlooks
from mentoring.matching.running import publishing
from mentoring.matching.running.work import PUBLICATIONS, RUNS
from mentoring.tenancy.tasks import organization_task


@shared_task(name="matching.sweep_runs")
def sweep_runs(**_: Any) -> None:
    """Ask for a look at runs and publications that wait; any number of tickers is safe."""
    RUNS.sweep(now=timezone.now())
    PUBLICATIONS.sweep(now=timezone.now())


@organization_task(RUNS.task)
def look_at_run(*, organization_id: UUID, run_id: str = "", **_: Any) -> None:
    """Worker entry point for :func:`jobs.look`."""
    jobs.look(run_id=UUID(run_id), clock=timezone.now)


@organization_task(PUBLICATIONS.task)
def look_at_publication(*, organization_id: UUID, publication_id: str = "", **_: Any) -> None:
    """Worker entry point for :func:`publishing.look`."""
    publishing.look(publication_id=UUID(publication_id), clock=timezone.now)


@organization_task(outlooks.TASK)
def look_at_pair(
    *, organization_id: UUID, run_id: str, mentor_id: str, mentee_id: str, **_: Any
) -> None:
    """Worker entry point for :func:`outlooks.work_out`."""
    outlooks.work_out(outlooks.Key(UUID(run_id), UUID(mentor_id), UUID(mentee_id)))
