"""Running the statements of a snapshot."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

# The planner knows nothing of rows that were written a moment ago, takes them for a few, and would
# look each up for each of a quarter of a million others.
WITHOUT_LOOPS = "SELECT set_config('enable_nestloop', %s, true)"


def run(statement: str, facts: Mapping[str, Any]) -> int:
    """Run one in the open transaction; return the first number of its first row, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_LOOPS, ["off"])
        cursor.execute(statement, facts)
        found = cursor.fetchone() if cursor.description else None
        cursor.execute(WITHOUT_LOOPS, ["on"])
    return int(found[0]) if found else 0
