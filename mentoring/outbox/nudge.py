"""Tell workers to look, through Redis. Nothing depends on it: the sweep finds what is due.

Celery's own way of publishing waits for seconds when Redis is dead, and a request must
not. So a nudge tries once, briefly, and after a failure leaves Redis alone for a while.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from celery import current_app
from django.db import transaction
from kombu import Connection
from kombu.exceptions import KombuError

logger = structlog.get_logger(__name__)

TASK = "outbox.deliver"
# Seconds: a request must not wait, a worker may.
PATIENCE = 0.3
WORKERS_PATIENCE = 5.0
PAUSE = 5.0
STALE = timedelta(minutes=2)


class _Pause:
    """After a failure this process lets Redis rest for a while."""

    until = 0.0


def nudge_after_commit(organization_id: UUID) -> None:
    """Once the transaction has committed, ask for one look; however often it is called."""
    nudge = partial(send_nudge, organization_id)
    # One that is still on the list outlives every rollback that this call would outlive:
    # its savepoint has been released, or surrounds us.
    for _, waiting, *_ in transaction.get_connection().run_on_commit:
        is_nudge = isinstance(waiting, partial) and waiting.func is send_nudge
        if is_nudge and waiting.args == nudge.args:
            return
    transaction.on_commit(nudge, robust=True)


def send_nudge(organization_id: UUID) -> bool:
    """Ask for one look at an organization; whether Redis took the message."""
    if time.monotonic() < _Pause.until:
        return False
    try:
        with broker(PATIENCE) as connection:
            ask_to_deliver(connection, organization_id)
    except (KombuError, OSError) as error:
        _Pause.until = time.monotonic() + PAUSE
        logger.warning("outbox_nudge_failed", error=type(error).__name__)
        return False
    return True


@contextmanager
def broker(patience: float = WORKERS_PATIENCE) -> Iterator[Connection]:
    """A connection to Redis that tries once. Raises OperationalError of kombu."""
    once = {
        "socket_connect_timeout": patience,
        "socket_timeout": patience,
        "connect_retries_timeout": patience,
        "max_retries": 0,
    }
    options: dict[str, Any] = {"connect_timeout": patience, "transport_options": once}
    with current_app.connection_for_write(**options) as connection:
        yield connection


def waiting_in(connection: Connection) -> int:
    """How many messages wait for a worker. Raises OperationalError of kombu."""
    queue = current_app.conf.task_default_queue
    channel: Any = connection.default_channel
    try:
        found = channel.queue_declare(queue=queue, passive=True)
    except connection.channel_errors:
        # Redis keeps no queue that is empty.
        return 0
    return int(found.message_count)


def ask_to_deliver(
    connection: Connection,
    organization_id: UUID,
    *,
    until: datetime | None = None,
    seconds: float | None = None,
) -> None:
    """Send one ``outbox.deliver``. ``until`` is how long it may ask for itself again.

    A slice lasts as long as usual unless its ``seconds`` are told.
    """
    arguments: dict[str, Any] = {"organization_id": str(organization_id)}
    if until:
        arguments["until"] = until.isoformat()
    if seconds is not None:
        arguments["seconds"] = seconds
    send(connection, TASK, arguments)


def ask_after_commit(task: str, arguments: dict[str, str]) -> None:
    """Once this is committed, have a worker look, asking once and briefly; or the sweep will."""
    transaction.on_commit(partial(_ask, task, arguments), robust=True)


def _ask(task: str, arguments: dict[str, str]) -> None:
    try:
        with broker(PATIENCE) as connection:
            send(connection, task, arguments)
    except (KombuError, OSError) as error:
        logger.warning("ask_failed", task=task, error=type(error).__name__)


def send(connection: Connection, task: str, arguments: dict[str, Any]) -> None:
    """One message, which is worth nothing after `STALE`. Raises OperationalError of kombu."""
    current_app.send_task(
        task,
        kwargs=arguments,
        connection=connection,
        retry=False,
        ignore_result=True,
        expires=STALE.total_seconds(),
    )
