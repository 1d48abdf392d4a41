"""``manage.py sweep``: send what is due, without Redis, beat and workers or beside them."""

import json
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.queries.operators import addresses_of, organization_called
from mentoring.console.sweeps import as_json, as_table
from mentoring.outbox.sweeping import foresee_sweep, sweep_here

# A schedule of years is planned at once; a later moment is a slip of the keyboard.
FARTHEST = timedelta(days=1100)
# What schedulers know as “temporary failure, try again” (sysexits.h).
TRY_AGAIN = 75


class Command(BaseCommand):
    """Exit codes: 0 all that was due is settled; 1 wrong input; 75 some have to be tried again."""

    help = "Do in this process what beat and workers would do for everything due at a moment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at",
            help="the moment, with its time zone, like 2027-03-01T09:00+01:00; now by default",
        )
        parser.add_argument("--dry-run", action="store_true", help="tell only, change nothing")
        parser.add_argument("--organization", metavar="SLUG", help="only the one with this address")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        at = _moment(options["at"], now=now) if options["at"] is not None else now
        only = _organization(options["organization"])
        if options["dry_run"]:
            swept = foresee_sweep(at=at, now=now, only=only)
        else:
            swept = sweep_here(at=at, clock=timezone.now, only=only)
        facts = as_json(swept, at=at, dry_run=options["dry_run"], names=addresses_of(swept.ends))
        text = json.dumps(facts, indent=2) if options["json"] else as_table(facts)
        self.stdout.write(text)
        if swept.stopped or (not options["dry_run"] and swept.failed_for_now):
            raise SystemExit(TRY_AGAIN)


def _moment(text: str, *, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"“{text}” is not a moment: write it like 2027-03-01T09:00+01:00."
        ) from None
    if at.tzinfo is None:
        raise CommandError(f"“{text}” has no time zone: add Z for UTC, or an offset like +01:00.")
    if at - now > FARTHEST:
        raise CommandError(f"“{text}” is more than {FARTHEST.days} days ahead: is the year right?")
    return at


def _organization(slug: str | None) -> UUID | None:
    if slug is None:
        return None
    found = organization_called(slug)
    if not found:
        raise CommandError(f"No organization has the address “{slug}”.")
    return found
