"""``manage.py import_people ORG_SLUG FILE``: the import of the pages, without the pages."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts import jobs
from accounts.enums import ImportMode, ImportState, LineKind
from accounts.importing.claims import WORK
from accounts.models import ImportLine, PeopleImport
from accounts.operations import imports
from accounts.queries.operators import organization_called
from accounts.roster.findings import Unreadable
from accounts.roster.headings import guess
from accounts.roster.showing import on_one_line, remarks_of
from accounts.roster.wording import sentence
from mentoring.tenancy.scope import within

MOST_SHOWN = 50
PAUSE = 0.5


class Command(BaseCommand):
    """Prints the report; the exit code is 1 when nothing could be applied."""

    help = "Import people from a CSV file or an Excel workbook; the product itself is the actor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organization", help="the address of the organization, as in /o/…/")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--roster", action="store_true", help="the list names everybody: deactivate the others"
        )
        parser.add_argument("--dry-run", action="store_true", help="report only, change nothing")
        parser.add_argument(
            "--create-grades", action="store_true", help="add grades that do not exist yet"
        )
        parser.add_argument(
            "--yes", action="store_true", help="also if more than a fifth would be deactivated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        organization_id = organization_called(options["organization"])
        if not organization_id:
            raise CommandError(f"No organization has the address “{options['organization']}”.")
        try:
            with within(organization_id):
                self._import(options)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except Unreadable as unreadable:
            raise CommandError(sentence(unreadable.finding.as_json())) from unreadable

    def _import(self, options: dict[str, Any]) -> None:
        mode = ImportMode.ROSTER if options["roster"] else ImportMode.CHANGES
        with options["file"].open("rb") as file:
            found = imports.upload(
                file=file, name=options["file"].name, mode=mode, actor=None, now=timezone.now()
            )
        found = self._check(found, mode, creates_grades=options["create_grades"])
        self._report(found)
        if found.state == ImportState.CHECKED and options["dry_run"]:
            imports.discard(people_import=found, now=timezone.now())
            if found.totals["faulty"]:
                raise CommandError("The list has errors.")
            self.stdout.write("Nothing was changed.")
            return
        self._apply(found, is_confirmed=options["yes"])

    def _check(
        self, found: PeopleImport, mode: ImportMode, *, creates_grades: bool
    ) -> PeopleImport:
        with transaction.atomic():
            mapping = guess(found.headers, imports.remembered())
        try:
            imports.choose_columns(
                people_import=found,
                mapping=mapping,
                mode=mode,
                creates_grades=creates_grades,
                now=timezone.now(),
            )
        except imports.LacksFields as lacks:
            imports.discard(people_import=found, now=timezone.now())
            names = ", ".join(str(field.label) for field in lacks.fields)
            raise CommandError(f"No column gives: {names}.") from lacks
        return _worked_on(found)

    def _apply(self, found: PeopleImport, *, is_confirmed: bool) -> None:
        try:
            imports.apply(
                people_import=found, is_confirmed=is_confirmed, actor=None, now=timezone.now()
            )
        except imports.DeactivatesMany as many:
            raise CommandError(
                "More than a fifth of the people would be deactivated. Add --yes if they left."
            ) from many
        except (imports.HasErrors, imports.NotOpen) as refused:
            raise CommandError("Nothing was changed.") from refused
        found = _worked_on(found)
        if found.state != ImportState.APPLIED:
            self._report(found)
            raise CommandError("Nothing was changed.")
        self.stdout.write("The list is applied.")

    def _report(self, found: PeopleImport) -> None:
        for remark in remarks_of(found.findings):
            self.stdout.write(remark.text)
        for kind in LineKind:
            if count := found.totals.get(kind):
                self.stdout.write(f"{kind.label}: {count}")
        with transaction.atomic():
            lines = ImportLine.objects.filter(people_import=found).exclude(findings=[])
            shown = list(lines.order_by("number")[:MOST_SHOWN])
        for line in shown:
            for remark in remarks_of(line.findings):
                self.stdout.write(f"Row {line.number}: {on_one_line(remark)}")


def _worked_on(found: PeopleImport) -> PeopleImport:
    """The import after the work it waited for, done here or by a worker that was faster."""
    while True:
        jobs.look(import_id=found.pk, clock=timezone.now)
        with transaction.atomic():
            found = PeopleImport.objects.get(pk=found.pk)
        if found.state not in WORK:
            return found
        time.sleep(PAUSE)
