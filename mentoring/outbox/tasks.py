"""Worker entry points. A message only says "look"; losing one costs at most a minute."""

from datetime import datetime
from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from mentoring.outbox import drain, jobs, unrolling
from mentoring.tenancy.tasks import organization_task


@shared_task(name="outbox.sweep")
def sweep(**_: Any) -> None:
    """Worker entry point for :func:`jobs.sweep`; any number of tickers is safe."""
    jobs.sweep(now=timezone.now())


@shared_task(name="outbox.sweep_when_idle")
def sweep_when_idle(**_: Any) -> None:
    """Worker entry point for :func:`jobs.sweep_when_idle`; any number of tickers is safe."""
    jobs.sweep_when_idle(now=timezone.now())


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


@shared_task(name="outbox.sweep_schedules")
def sweep_schedules(**_: Any) -> None:
    """Worker entry point for :func:`unrolling.sweep_schedules`; any number of tickers is safe."""
    unrolling.sweep_schedules(now=timezone.now())


@organization_task(unrolling.TASK)
def unroll(*, organization_id: UUID, until: str = "", **_: Any) -> None:
    """Worker entry point for :func:`unrolling.unroll`; asks for itself again before ``until``."""
    has_more = unrolling.unroll(clock=timezone.now)
    end = _moment(until)
    if has_more and end and timezone.now() < end:
        unrolling.ask_again(organization_id, until=end)


def _moment(text: str) -> datetime | None:
    return parse_datetime(text) if text else None
