"""Worker entry points. A message only says "look"; losing one costs at most a minute."""

from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from accounts import jobs
from accounts.importing.work import IMPORTS
from mentoring.tenancy.tasks import organization_task


@shared_task(name="accounts.sweep_imports")
def sweep_imports(**_: Any) -> None:
    """Ask for a look at imports that wait; any number of tickers is safe."""
    IMPORTS.sweep(now=timezone.now())


@organization_task(IMPORTS.task)
def look_at_import(*, organization_id: UUID, import_id: str = "", **_: Any) -> None:
    """Worker entry point for :func:`jobs.look`."""
    jobs.look(import_id=UUID(import_id), clock=timezone.now)
