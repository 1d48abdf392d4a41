"""Which worker is at a row. The row is the truth; a lease runs out when a worker dies.

Rows have ``state``, ``claim`` and ``look_at``, the moment at which a worker should look next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from mentoring.lib.ids import uuid7


class LostClaim(Exception):
    """Another worker has taken the row over, or it was given up."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that this worker may work on, in the state in which it took it."""

    row_id: UUID
    state: str
    token: UUID


def due[M: Model](rows: QuerySet[M], *, now: datetime) -> M | None:
    """The first of the rows that waits and that nobody is at, locked."""
    return rows.filter(look_at__lte=now).select_for_update(skip_locked=True).first()


def hold(row: Any, *, now: datetime, lease: timedelta, also: Iterable[str] = ()) -> Claim:
    """Give the locked row to this worker; ``also`` are fields that the caller has set."""
    row.claim, row.look_at = uuid7(), now + lease
    row.save(update_fields=["state", "claim", "look_at", *also])
    return Claim(row.pk, row.state, row.claim)


def held[M: Model](rows: QuerySet[M], claim: Claim) -> M:
    """The row, locked for the rest of the transaction. Raises LostClaim."""
    row: Any = rows.select_for_update(of=("self",)).filter(pk=claim.row_id).first()
    if not row or (row.claim, row.state) != (claim.token, claim.state):
        raise LostClaim
    found: M = row
    return found
