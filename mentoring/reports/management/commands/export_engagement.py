"""``manage.py export_engagement ORG --table pairs …``: the export of the pages, as a file."""

import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Member
from accounts.queries import members_by_email
from accounts.queries.operators import organization_called
from mentoring.reports.enums import UNFINISHED, ExportFormat, ExportState
from mentoring.reports.exporting.looking import look
from mentoring.reports.exporting.orders import NamesPeople, NothingChosen, Order
from mentoring.reports.exporting.pieces import pieces_of
from mentoring.reports.exporting.registry import TABLES
from mentoring.reports.exporting.scope import NoSnapshot, NotAllowed
from mentoring.reports.exporting.words import TROUBLES
from mentoring.reports.models import Export
from mentoring.reports.operations import exports
from mentoring.reports.queries.exports import days
from mentoring.tenancy.scope import within
from programs.models import Cohort, Program

PAUSE = 0.5


class Command(BaseCommand):
    """Made in this process, and logged like one of the page. Prints the file's digest."""

    help = "Write an export to a file: the same bytes as the page gives for the same day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organization", help="the address of the organization, as in /o/…/")
        parser.add_argument(
            "--as", dest="email", required=True, help="who exports; sees what that member may see"
        )
        parser.add_argument("--purpose", required=True, help="what it is for; kept with the export")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument("--table", action="append", choices=list(TABLES), default=[])
        parser.add_argument("--format", choices=ExportFormat.values, default=ExportFormat.XLSX)
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--program", action="append", default=[], help="name or key")
        parser.add_argument("--cohort", action="append", default=[], help="name or key")
        parser.add_argument("--department", action="append", default=[])
        parser.add_argument("--location", action="append", default=[])
        parser.add_argument("--grade", action="append", default=[])
        parser.add_argument("--without-names", action="store_true")
        parser.add_argument("--bom", action="store_true", help="mark CSV as UTF-8 for Excel")

    def handle(self, *args: Any, **options: Any) -> None:
        organization_id = organization_called(options["organization"])
        if not organization_id:
            raise CommandError(f"No organization has the address “{options['organization']}”.")
        with within(organization_id):
            export = _made(options)
            if export.state != ExportState.DONE:
                raise CommandError(str(TROUBLES.get(export.trouble, TROUBLES["failed"])))
            try:
                with options["output"].open("wb") as file:
                    for piece in pieces_of(export.pk):
                        file.write(piece)
            except OSError as error:
                raise CommandError(f"{options['output']}: {error.strerror}.") from error
        self.stdout.write(f"{export.digest}  {options['output']}")


def _made(options: dict[str, Any]) -> Export:
    try:
        with transaction.atomic():
            export = exports.request(
                order=_order(options),
                as_of=options["as_of"] or _latest(),
                member=_member(options["email"]),
                clock=timezone.now,
            )
    except NothingChosen as nothing:
        raise CommandError("Name at least one --table.") from nothing
    except NamesPeople as named:
        raise CommandError("The audit log is nothing without names.") from named
    except NotAllowed as refused:
        raise CommandError("This member may not export that.") from refused
    except NoSnapshot as missing:
        with transaction.atomic():
            kept = ", ".join(each.isoformat() for each in days()) or "none yet"
        raise CommandError(f"Nothing is kept of that day. Days that are: {kept}.") from missing
    except exports.TooManyWaiting as many:
        raise CommandError("Earlier exports of this member are not finished yet.") from many
    return _worked_on(export)


def _order(options: dict[str, Any]) -> Order:
    return Order(
        tables=tuple(options["table"]),
        format=options["format"],
        filters={
            "programs": [_key(Program, each) for each in options["program"]],
            "cohorts": [_key(Cohort, each) for each in options["cohort"]],
            "departments": options["department"],
            "locations": options["location"],
            "grades": options["grade"],
        },
        is_pseudonymous=options["without_names"],
        has_bom=options["bom"],
        purpose=options["purpose"],
    )


def _key(model: Any, called: str) -> str:
    try:
        found = list(model.objects.filter(pk=UUID(called)))
    except ValueError:
        found = list(model.objects.filter(name=called))
    if len(found) != 1:
        what = model._meta.verbose_name
        raise CommandError(f"{'No' if not found else 'More than one'} {what} is called “{called}”.")
    return str(found[0].pk)


def _member(email: str) -> Member:
    found: Member | None = members_by_email([email]).get(email.lower())
    if not found:
        raise CommandError(f"No member has the address “{email}”.")
    return found


def _latest() -> date:
    found = days()
    if not found:
        raise CommandError("Nothing is kept of any day yet.")
    return found[0]


def _worked_on(export: Export) -> Export:
    """The export after the work it waited for, done here or by a worker that was faster."""
    while True:
        look(export_id=export.pk, clock=timezone.now, tells=False)
        with transaction.atomic():
            found: Export = Export.objects.get(pk=export.pk)
        if found.state not in UNFINISHED:
            return found
        time.sleep(PAUSE)
