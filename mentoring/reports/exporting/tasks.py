"""Worker entry points of exports. A message only says "look"; losing one costs a minute."""

from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from mentoring.reports.exporting.looking import look
from mentoring.reports.exporting.work import EXPORTS
from mentoring.tenancy.tasks import organization_task


@shared_task(name="reports.sweep_exports")
def sweep_exports(**_: Any) -> None:
    """Ask for a look at exports that wait; any number of tickers is safe."""
    EXPORTS.sweep(now=timezone.now())


@organization_task(EXPORTS.task)
def look_at_export(*, organization_id: UUID, export_id: str = "", **_: Any) -> None:
    """Worker entry point for :func:`looking.look`."""
    look(export_id=UUID(export_id), clock=timezone.now)
