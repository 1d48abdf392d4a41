"""What every long-running process checks before it takes its first piece of work."""

import structlog
from django.db import OperationalError, connections

logger = structlog.get_logger(__name__)


def refuse_powerful_roles() -> None:
    """Connect once as each role that serves, so that a powerful one stops the process now.

    Raises PowerfulRole. A database that cannot be reached is no reason to die: the check
    comes again with the first connection, and ``/readyz`` tells.
    """
    for alias in ("default", "system"):
        try:
            connections[alias].ensure_connection()
        except OperationalError:
            logger.warning("database_unreachable_at_start", alias=alias)
        finally:
            connections[alias].close()
            # Processes that are forked later must not share the sockets in the pool.
            connections[alias].close_pool()  # type: ignore[attr-defined]
