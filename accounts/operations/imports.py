"""Handing in a list of people, and deciding what becomes of it. Workers do the rest."""

from collections.abc import Mapping
from datetime import datetime
from typing import IO

from django.db import transaction

from accounts.enums import ImportMode, ImportState
from accounts.importing import content
from accounts.importing.ends import PATIENCE, end
from accounts.importing.work import IMPORTS
from accounts.models import ColumnChoice, Member, PeopleImport
from accounts.roster.difference import deactivates_many
from accounts.roster.fields import Field, missing
from accounts.roster.files import read_list
from accounts.roster.headings import guess, key_of

SAMPLES = 3
SAMPLE_LENGTH = 60
NAME_LENGTH = 200
OPEN = frozenset({ImportState.UPLOADED, ImportState.CHECKED})


class NotOpen(Exception):
    """The import is being worked on, or has ended; it cannot be changed now."""


class LacksFields(Exception):
    """No column gives something that every person needs."""

    def __init__(self, fields: list[Field]) -> None:
        super().__init__(fields)
        self.fields = fields


class HasErrors(Exception):
    """A list with errors is not applied, not even in part."""


class DeactivatesMany(Exception):
    """More than a fifth of the people would lose access, which somebody has to confirm."""


def upload(
    *, file: IO[bytes], name: str, mode: ImportMode, actor: Member | None, now: datetime
) -> PeopleImport:
    """Keep a list and guess what its columns mean. Nothing is changed yet.

    ``actor`` None is the product itself. Raises Unreadable.
    """
    digest = content.digest_of(file)
    sheet = read_list(file)
    samples = [cells for _, (_, cells) in zip(range(SAMPLES), sheet.rows, strict=False)]
    with transaction.atomic():
        mapping = guess(sheet.headings, remembered())
        people_import: PeopleImport = PeopleImport.objects.create(
            mode=mode,
            file_name=name[-NAME_LENGTH:],
            file_digest=digest,
            delimiter=sheet.delimiter,
            headers=sheet.headings,
            samples=[[_shown(cell) for cell in cells[: len(sheet.headings)]] for cells in samples],
            mapping={str(column): field for column, field in mapping.items()},
            uploaded_by=actor,
            uploaded_at=now,
            look_at=now + PATIENCE,
        )
        content.keep(people_import, file)
    return people_import


def remembered() -> dict[str, str]:
    """What columns meant the last time, by heading."""
    return dict(ColumnChoice.objects.values_list("heading", "field"))


@transaction.atomic
def choose_columns(
    *,
    people_import: PeopleImport,
    mapping: Mapping[int, str],
    mode: ImportMode,
    creates_grades: bool,
    now: datetime,
) -> PeopleImport:
    """Say what each column means, remember it, and have the list checked.

    Raises NotOpen or LacksFields.
    """
    people_import = _locked(people_import)
    if people_import.state not in OPEN:
        raise NotOpen
    lacking = missing({field for field in mapping.values() if field})
    if lacking:
        raise LacksFields(lacking)
    people_import.mapping = {str(column): str(field) for column, field in mapping.items()}
    people_import.mode, people_import.creates_grades = mode, creates_grades
    people_import.state, people_import.look_at = ImportState.CHECKING, now
    people_import.totals, people_import.findings = {}, []
    people_import.save()
    _remember(people_import.headers, mapping)
    _ask(people_import)
    return people_import


@transaction.atomic
def apply(
    *, people_import: PeopleImport, is_confirmed: bool, actor: Member | None, now: datetime
) -> PeopleImport:
    """Have the list applied as it was shown. Twice is once.

    Raises NotOpen, HasErrors or DeactivatesMany.
    """
    people_import = _locked(people_import)
    if people_import.state in (ImportState.QUEUED, ImportState.APPLYING, ImportState.APPLIED):
        return people_import
    if people_import.state != ImportState.CHECKED:
        raise NotOpen
    if people_import.totals.get("faulty"):
        raise HasErrors
    if deactivates_many(people_import.totals) and not is_confirmed:
        raise DeactivatesMany
    people_import.state, people_import.look_at = ImportState.QUEUED, now
    people_import.started_by, people_import.started_at = actor, now
    people_import.save()
    _ask(people_import)
    return people_import


@transaction.atomic
def discard(*, people_import: PeopleImport, now: datetime) -> PeopleImport:
    """Give the list up. Raises NotOpen while it is being applied, or afterwards."""
    people_import = _locked(people_import)
    if people_import.state == ImportState.DISCARDED:
        return people_import
    if people_import.state not in {*OPEN, ImportState.CHECKING}:
        raise NotOpen
    end(people_import, ImportState.DISCARDED, now=now)
    people_import.save()
    return people_import


def _locked(people_import: PeopleImport) -> PeopleImport:
    found: PeopleImport = PeopleImport.objects.select_for_update().get(pk=people_import.pk)
    return found


def _remember(headers: list[str], mapping: Mapping[int, str]) -> None:
    """One choice for each heading; the last one counts."""
    choices = {key_of(headers[column])[:200]: str(field) for column, field in mapping.items()}
    choices.pop("", None)
    ColumnChoice.objects.bulk_create(
        [ColumnChoice(heading=heading, field=field) for heading, field in sorted(choices.items())],
        update_conflicts=True,
        unique_fields=["organization", "heading"],
        update_fields=["field"],
    )


def _ask(people_import: PeopleImport) -> None:
    IMPORTS.ask_after_commit(people_import.organization_id, people_import.pk)


def _shown(cell: str) -> str:
    """What the mapping page shows of a cell."""
    return " ".join("".join(each if each.isprintable() else " " for each in cell).split())[
        :SAMPLE_LENGTH
    ]
