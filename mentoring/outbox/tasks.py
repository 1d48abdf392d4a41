"""Worker entry points. A message only says "look"; losing one costs at most a minute."""

from datetime import datetime
from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from mentoring.outbox import drain, jobs
from mentoring.tenancy.tasks import organization_task


@shared_task(name="outbox.sweep")
def sweep(**_: Any) -> None:
    """Worker entry point for :func:`jobs.sweep`; any number of tickers is safe."""
    jobs.sweep(now=timezone.now())


@organization_task("outbox.deliver")
def deliver(
    *, organization_id: UUID, until: str = "", seconds: float = jobs.SLICE, **_: Any
) -> None:
    """Worker entry point for :func:`jobs.deliver`; asks for itself again before ``until``.

    Told to stop, it asks in any case, so that another worker takes over at once.
    """
    with drain.finishing():
        has_more = jobs.deliver(clock=timezone.now, seconds=seconds)
        end = _moment(until)
        if has_more and (drain.began() or (end and timezone.now() < end)):
            jobs.ask_again(organization_id, until=end, seconds=seconds)


def _moment(text: str) -> datetime | None:
    return parse_datetime(text) if text else None
