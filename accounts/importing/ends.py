"""How imports end, and how they are forgotten."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.enums import ImportState
from accounts.importing.claims import WORK, locked
from accounts.models import ImportFile, ImportLine, PeopleImport
from accounts.roster.findings import Finding
from mentoring.outbox.leases import Claim

# A list that nobody goes on with is given up.
PATIENCE = timedelta(days=30)
FILE_LIFETIME = timedelta(days=7)
LIFETIME = timedelta(days=90)
ENDED = ("state", "ended_at", "look_at", "claim")
# A failed list is still wanted, with what is wrong in each row.
WITHOUT_FILE = frozenset({ImportState.APPLIED, ImportState.DISCARDED})


def end(people_import: PeopleImport, state: ImportState, *, now: datetime) -> None:
    """Set the import to its last state; not saved. A file that nobody needs goes at once."""
    people_import.state, people_import.ended_at = state, now
    people_import.look_at, people_import.claim = now + FILE_LIFETIME, None
    if state in WITHOUT_FILE:
        _forget_file(people_import)


@transaction.atomic
def end_with(held: Claim, finding: Finding, *, now: datetime) -> None:
    """The import failed and changed nothing. Raises LostClaim."""
    people_import = locked(held)
    end(people_import, ImportState.FAILED, now=now)
    people_import.findings = [finding.as_json()]
    people_import.save(update_fields=[*ENDED, "findings"])


@transaction.atomic
def forget(import_id: UUID, *, now: datetime) -> bool:
    """Give up a list that waits in vain; forget an ended one's file, and later all of it."""
    waiting = PeopleImport.objects.exclude(state__in=WORK).filter(pk=import_id, look_at__lte=now)
    found = waiting.select_for_update(skip_locked=True).first()
    if not found:
        return False
    if not found.ended_at:
        end(found, ImportState.DISCARDED, now=now)
    elif now >= found.ended_at + LIFETIME:
        found.delete()
        return True
    else:
        _forget_file(found)
        ImportLine.objects.filter(people_import=found)._raw_delete(using="default")
        found.look_at = found.ended_at + LIFETIME
    found.save()
    return True


def _forget_file(people_import: PeopleImport) -> None:
    ImportFile.objects.filter(people_import=people_import).delete()
    people_import.samples = []
