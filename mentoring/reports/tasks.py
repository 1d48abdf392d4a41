"""Worker entry points. A message only says "look"; the sweep finds what a lost one left."""

from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from mentoring.reports import jobs
from mentoring.reports.exporting.tasks import look_at_export, sweep_exports
from mentoring.tenancy.tasks import organization_task

# Those of exports are registered by being imported.
__all__ = ["look_at_export", "sweep_exports", "sweep_snapshots", "take_snapshots"]


@shared_task(name="reports.sweep_snapshots")
def sweep_snapshots(**_: Any) -> None:
    """Ask for what is missing; any number of tickers is safe."""
    jobs.sweep(now=timezone.now())


@organization_task(jobs.TAKE)
def take_snapshots(*, organization_id: UUID, **_: Any) -> None:
    """Worker entry point for :func:`jobs.take_snapshots`."""
    jobs.take_snapshots(now=timezone.now())
