"""Tell a worker to look at an import. A lost message costs a minute: the sweep finds it."""

from uuid import UUID

import structlog
from celery import current_app
from kombu import Connection
from kombu.exceptions import KombuError

from mentoring.outbox.nudge import PATIENCE, broker

logger = structlog.get_logger(__name__)

TASK = "accounts.look_at_import"
STALE = 120


def ask(organization_id: UUID, import_id: UUID) -> None:
    """Ask once and briefly; a request must not wait for Redis."""
    try:
        with broker(PATIENCE) as connection:
            send(connection, organization_id, import_id)
    except (KombuError, OSError) as error:
        logger.warning("import_ask_failed", error=type(error).__name__)


def send(connection: Connection, organization_id: UUID, import_id: UUID) -> None:
    """Send one message with the ids."""
    current_app.send_task(
        TASK,
        kwargs={"organization_id": str(organization_id), "import_id": str(import_id)},
        connection=connection,
        retry=False,
        ignore_result=True,
        expires=STALE,
    )
