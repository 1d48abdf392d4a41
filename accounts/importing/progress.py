"""How far a worker has come with an import. It may be forgotten at any time."""

from uuid import UUID

import structlog
from django.core.cache import cache
from django.db import DatabaseError

logger = structlog.get_logger(__name__)

LIFETIME = 3600


def note(import_id: UUID, share: float) -> None:
    """Remember a share of one, outside the worker's transaction. Never fails."""
    try:
        cache.set(_key(import_id), round(100 * share), LIFETIME)
    except DatabaseError as error:
        logger.warning("import_progress_failed", error=type(error).__name__)


def percent(import_id: UUID) -> int:
    """What was noted last; zero when nothing is known."""
    return int(cache.get(_key(import_id)) or 0)


def _key(import_id: UUID) -> str:
    return f"people-import:{import_id}"
