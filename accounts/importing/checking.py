"""Comparing a list with the organization, for people to look at before anything changes."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction

from accounts.enums import ImportMode, ImportState
from accounts.importing import content, everybody, lines
from accounts.importing.claims import locked
from accounts.importing.ends import PATIENCE
from accounts.importing.work import IMPORTS
from accounts.models import PeopleImport
from accounts.roster.difference import Difference, Options, compare
from accounts.roster.files import read_list
from accounts.roster.findings import Code, Finding, Unreadable
from accounts.roster.rows import Row, read_rows
from mentoring.outbox.leases import Claim

STEP = 2000
READ, COMPARED = 0.5, 0.7


def check(held: Claim, *, clock: Callable[[], datetime], again: bool = False) -> None:
    """Find what the list would change and keep it with the import.

    ``again``: somebody wanted to apply it, but the people had changed meanwhile.
    Raises Unreadable or LostClaim.
    """
    rows, warnings = read(held)
    with transaction.atomic():
        people_import = locked(held)
        difference = compared(people_import, rows)
        IMPORTS.note(held.row_id, COMPARED)
        lines.keep(people_import, difference.lines)
        found = [*warnings, *difference.findings]
        if again:
            found.insert(0, Finding(Code.CHANGED_MEANWHILE))
        people_import.findings = [each.as_json() for each in found]
        people_import.row_count = len(rows)
        people_import.totals = difference.totals()
        people_import.difference_digest = difference.digest()
        now = clock()
        people_import.state, people_import.checked_at = ImportState.CHECKED, now
        people_import.claim, people_import.look_at = None, now + PATIENCE
        people_import.save()
    IMPORTS.note(held.row_id, 0)


def compared(people_import: PeopleImport, rows: list[Row]) -> Difference:
    """The list against the people of this moment. Call it inside a transaction."""
    actors = {people_import.uploaded_by_id, people_import.started_by_id}
    options = Options(
        is_roster=people_import.mode == ImportMode.ROSTER,
        creates_grades=people_import.creates_grades,
        actor_ids=frozenset(each for each in actors if each),
    )
    return compare(rows, everybody.load(), options)


def read(held: Claim) -> tuple[list[Row], list[Finding]]:
    """The rows of the stored file, and what is to say about the file. Raises Unreadable."""
    with transaction.atomic():
        people_import = PeopleImport.objects.get(pk=held.row_id)
    mapping = {int(column): name for column, name in people_import.mapping.items()}
    with content.opened(held.row_id) as file:
        sheet = read_list(file)
        rows = list(_reported(read_rows(sheet, mapping), held))
    if not rows:
        raise Unreadable(Code.NO_ROWS)
    return rows, list(sheet.warnings)


def _reported(rows: Iterator[Row], held: Claim) -> Iterator[Row]:
    """The rows as they come. How many there will be is not known, so the bar slows down."""
    for count, row in enumerate(rows):
        if count % STEP == 0:
            IMPORTS.note(held.row_id, READ * count / (count + 20_000))
        yield row
