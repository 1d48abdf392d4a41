"""Which worker is at a row. The row is the truth; a lease runs out when a worker dies.

Rows have ``state``, ``claim`` and ``look_at``, the moment at which a worker should look next.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from mentoring.lib.ids import uuid7

# Longer than any work is silent; a worker that lives renews it as it goes.
LEASE = timedelta(minutes=5)
# A row that takes its worker along every time would do so for ever.
MOST_ATTEMPTS = 3


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


def attempt[M: Model](
    rows: QuerySet[M], *, now: datetime, give_up: Callable[[M], None]
) -> M | None:
    """As `due`, with one attempt more; a row that was tried too often is given up instead."""
    found: Any = due(rows, now=now)
    if found and found.attempts >= MOST_ATTEMPTS:
        give_up(found)
        return None
    if found:
        found.attempts += 1
    row: M | None = found
    return row


def hold(row: Any, *, now: datetime, lease: timedelta = LEASE, also: Iterable[str] = ()) -> Claim:
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


def renew(rows: QuerySet[Any], claim: Claim, *, now: datetime) -> bool:
    """Hold the row for another lease; no if it was taken over, or is in another state now."""
    mine = rows.filter(pk=claim.row_id, claim=claim.token, state=claim.state)
    return bool(mine.update(look_at=now + LEASE))
