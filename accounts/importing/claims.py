"""Which worker is at an import."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.enums import ImportState
from accounts.models import PeopleImport
from mentoring.outbox.leases import Claim, due, held, hold

LEASE = timedelta(minutes=10)
WORK = (ImportState.CHECKING, ImportState.QUEUED, ImportState.APPLYING)


@transaction.atomic
def claim(import_id: UUID, *, now: datetime) -> Claim | None:
    """Take the import, if it waits for work and nobody is at it."""
    found = due(PeopleImport.objects.filter(pk=import_id, state__in=WORK), now=now)
    if not found:
        return None
    if found.state == ImportState.QUEUED:
        found.state, found.started_at = ImportState.APPLYING, now
    return hold(found, now=now, lease=LEASE, also=["started_at"])


def locked(claim: Claim) -> PeopleImport:
    """The import, for the rest of the transaction. Raises LostClaim."""
    found: PeopleImport = held(PeopleImport.objects.all(), claim)
    return found
