"""Which worker is at an import. The row is the truth; a lease runs out when a worker dies."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.enums import ImportState
from accounts.models import PeopleImport
from mentoring.lib.ids import uuid7

LEASE = timedelta(minutes=10)
WORK = (ImportState.CHECKING, ImportState.QUEUED, ImportState.APPLYING)


class LostClaim(Exception):
    """Another worker has taken the import over, or it was given up."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An import that this worker may work on."""

    import_id: UUID
    state: ImportState
    token: UUID


@transaction.atomic
def claim(import_id: UUID, *, now: datetime) -> Claim | None:
    """Take the import, if it waits for work and nobody is at it."""
    waiting = PeopleImport.objects.filter(pk=import_id, state__in=WORK, look_at__lte=now)
    found = waiting.select_for_update(skip_locked=True).first()
    if not found:
        return None
    token = uuid7()
    if found.state == ImportState.QUEUED:
        found.state, found.started_at = ImportState.APPLYING, now
    found.claim, found.look_at = token, now + LEASE
    found.save(update_fields=["state", "started_at", "claim", "look_at"])
    return Claim(found.pk, ImportState(found.state), token)


def locked(held: Claim) -> PeopleImport:
    """The import, for the rest of the transaction. Raises LostClaim."""
    waiting = PeopleImport.objects.select_for_update().filter(pk=held.import_id)
    found: PeopleImport | None = waiting.first()
    if not found or (found.claim, found.state) != (held.token, held.state):
        raise LostClaim
    return found
