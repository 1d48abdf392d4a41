"""Applying a list: all of it, or nothing, and only what somebody has looked at."""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import IntegrityError, transaction

from accounts.careers import note_steps
from accounts.enums import Action, ImportState, LineKind
from accounts.events import record
from accounts.importing.changes import Written, write
from accounts.importing.checking import READ, check, compared, read
from accounts.importing.claims import locked
from accounts.importing.ends import end
from accounts.importing.work import IMPORTS
from accounts.models import Organization, PeopleImport
from accounts.readdressing import follow_records
from accounts.roster.fields import Field
from accounts.roster.rows import Row
from accounts.signals import (
    leaves_begun,
    leaves_over,
    members_gone,
    people_changed,
    roles_changed,
)
from mentoring.outbox.following import follow_organization
from mentoring.outbox.leases import Claim

logger = structlog.get_logger(__name__)

WHERE = {Field.TIME_ZONE, Field.LOCATION}
COUNTED = (LineKind.NEW, LineKind.CHANGED, LineKind.BACK, LineKind.GONE)


class ChangedMeanwhile(Exception):
    """The people are not the ones any more that the preview was made from."""


def apply(held: Claim, *, clock: Callable[[], datetime]) -> None:
    """Write what the list changes, if it is still what was shown; otherwise show it again.

    Raises Unreadable or LostClaim.
    """
    rows, _ = read(held)
    try:
        _apply_once(held, rows, now=clock())
    except (ChangedMeanwhile, IntegrityError) as changed:
        logger.info("import_changed_meanwhile", reason=type(changed).__name__)
        check(_to_check_again(held), clock=clock, again=True)
    IMPORTS.note(held.row_id, 0)


@transaction.atomic
def _apply_once(held: Claim, rows: list[Row], *, now: datetime) -> None:
    # Whoever else changes members of the organization waits for this row, too.
    Organization.objects.select_for_update().get()
    people_import = locked(held)
    difference = compared(people_import, rows)
    if difference.is_faulty or difference.digest() != people_import.difference_digest:
        raise ChangedMeanwhile

    def report(share: float) -> None:
        IMPORTS.note(held.row_id, READ + (1 - READ) * share)

    written = write(difference, now=now, report=report)
    note_steps(written.members, now=now)
    end(people_import, ImportState.APPLIED, now=now)
    people_import.save()
    _record(people_import)
    _tell(written, now=now)
    follow_records(
        {
            line.person.id: (line.person.email, line.email)
            for line in difference.lines
            if line.person and Field.EMAIL in line.changes
        },
        now=now,
    )
    if any(WHERE & line.changes.keys() for line in difference.lines):
        follow_organization(now=now)


def _record(people_import: PeopleImport) -> None:
    totals = people_import.totals
    record(
        actor=people_import.started_by,
        action=Action.PEOPLE_IMPORTED,
        subject_id=people_import.pk,
        subject_name=people_import.file_name,
        details={f"people_{kind}": totals[kind] for kind in COUNTED if totals.get(kind)},
    )


def _tell(written: Written, *, now: datetime) -> None:
    """Inside the transaction, so that what others make of it is all or nothing, too."""
    if written.gone:
        members_gone.send(sender=PeopleImport, members=written.gone, now=now)
    if written.changed:
        people_changed.send(sender=PeopleImport, now=now)
        roles_changed.send(sender=PeopleImport, now=now)
    if written.on_leave:
        leaves_begun.send(sender=PeopleImport, members=written.on_leave, now=now)
    if written.back:
        leaves_over.send(sender=PeopleImport, members=written.back, now=now)


@transaction.atomic
def _to_check_again(held: Claim) -> Claim:
    people_import = locked(held)
    people_import.state = ImportState.CHECKING
    people_import.save(update_fields=["state"])
    return Claim(held.row_id, ImportState.CHECKING, held.token)
