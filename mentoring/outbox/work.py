"""Rows that wait for a worker: asking for a look, finding what is due, telling how far it is.

A message only says "look", and a lost one costs a minute: the sweep finds the row.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.core.cache import cache
from django.db import DatabaseError, connections
from psycopg import sql

from mentoring.outbox.nudge import ask_after_commit, broker, send

logger = structlog.get_logger(__name__)

REMEMBERED = 3600
DUE = sql.SQL("SELECT organization_id, id FROM {} WHERE look_at <= %s")


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of such rows. The system role may read their key and ``look_at``.

    ``task`` takes the organization and, as ``argument``, the row. What is noted of a row is
    kept in the cache under ``prefix``; it may be forgotten at any time.
    """

    task: str
    argument: str
    table: str
    prefix: str

    def ask_after_commit(self, organization_id: UUID, row_id: UUID) -> None:
        """Workers look once this is committed; without Redis the sweep will do."""
        ask_after_commit(self.task, self._arguments(organization_id, row_id))

    def sweep(self, *, now: datetime) -> int:
        """Find what is due, in all organizations, and ask for a look at each."""
        with connections["system"].cursor() as cursor:
            cursor.execute(DUE.format(sql.Identifier(self.table)).as_string(None), [now])
            due = cursor.fetchall()
        if due:
            with broker() as connection:
                for organization_id, row_id in due:
                    send(connection, self.task, self._arguments(organization_id, row_id))
        return len(due)

    def note(self, row_id: UUID, share: float, stage: str = "") -> None:
        """Remember a share of one, outside the worker's transaction. Never fails."""
        try:
            cache.set(self._key(row_id), (round(100 * share), stage), REMEMBERED)
        except DatabaseError as error:
            logger.warning("progress_failed", task=self.task, error=type(error).__name__)

    def noted(self, row_id: UUID) -> tuple[int, str]:
        """Percent and stage as they were noted last; zero when nothing is known."""
        percent, stage = cache.get(self._key(row_id)) or (0, "")
        return int(percent), str(stage)

    def _key(self, row_id: UUID) -> str:
        return f"{self.prefix}:{row_id}"

    def _arguments(self, organization_id: UUID, row_id: UUID) -> dict[str, str]:
        return {"organization_id": str(organization_id), self.argument: str(row_id)}
