"""``manage.py snapshots``: take what is due now, or prove what was taken."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.queries.operators import addresses_of, every_organization, organization_called
from mentoring.reports.models import Snapshot
from mentoring.reports.snapshots.proving import Proof, breaks_without_state, prove
from mentoring.reports.snapshots.taking import take_due
from mentoring.tenancy.scope import within


class Command(BaseCommand):
    """Prints days and counts, never names; the exit code is 1 when a proof fails."""

    help = "Take the snapshots that reports are read from, or prove those that there are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organization", metavar="ADDRESS", help="as in /o/…/; all without")
        parser.add_argument(
            "--prove",
            action="store_true",
            help="tell every day anew from what people did, and compare row by row",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keys = _organizations(options["organization"])
        names = addresses_of(keys)
        wrong = 0
        for key in keys:
            with within(key):
                wrong += self._prove(names[key]) if options["prove"] else self._take(names[key])
        if wrong:
            raise CommandError(f"{wrong} of them are not what the rows of people's deeds tell.")

    def _take(self, name: str) -> int:
        for each in take_due(now=timezone.now()):
            self.stdout.write(f"{name} {each.as_of}: taken")
        return 0

    def _prove(self, name: str) -> int:
        with transaction.atomic():
            snapshots = list(Snapshot.objects.order_by("as_of"))
            unclear = breaks_without_state()
        if unclear:
            self.stdout.write(f"{name}: {unclear} pairs whose break is not kept")
        proofs = [prove(each) for each in snapshots]
        for each in proofs:
            self.stdout.write(f"{name} {each.snapshot.as_of}: {_said(each)}")
        return sum(not each.holds for each in proofs) + unclear


def _said(proof: Proof) -> str:
    if proof.holds:
        return "proven"
    return f"{proof.pairs} rows of pairs, {proof.seats} of people, {proof.cohorts} sums are wrong"


def _organizations(address: str | None) -> list[UUID]:
    if address is None:
        return every_organization()
    found = organization_called(address)
    if not found:
        raise CommandError(f"No organization has the address “{address}”.")
    return [found]
