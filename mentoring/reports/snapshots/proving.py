"""Proving that what is written down is what people's deeds tell."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.models import Organization
from mentoring.lib.clock import zone_named
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Break, Pairing
from mentoring.reports.models import CohortFigures, Snapshot
from mentoring.reports.queries.parts import Place
from mentoring.reports.snapshots.running import run
from mentoring.reports.snapshots.statements import PAIRS, SEATS
from mentoring.reports.snapshots.taking import facts_of, figures_of


@dataclass(frozen=True, slots=True)
class Proof:
    """How many rows of a snapshot are not what the rows of today tell about that day."""

    snapshot: Snapshot
    pairs: int
    seats: int
    cohorts: int

    @property
    def holds(self) -> bool:
        return not (self.pairs or self.seats or self.cohorts)


@transaction.atomic
def prove(snapshot: Snapshot) -> Proof:
    """Tell the day once more from what people did, and compare every row.

    Departments, grades and goals are left out: they are as they were when it was taken.
    """
    zone = zone_named(Organization.objects.get().time_zone)
    pairs, seats = (run(each.difference, facts_of(snapshot, zone)) for each in (PAIRS, SEATS))
    return Proof(snapshot, pairs, seats, _wrong_sums(snapshot))


def breaks_without_state() -> int:
    """Pairs that are paused without an open break, or have one without being paused."""
    paused = set(Pairing.objects.filter(state=PairingState.PAUSED).values_list("pk", flat=True))
    return len(paused ^ set(Break.objects.open().values_list("pairing", flat=True)))


def _wrong_sums(snapshot: Snapshot) -> int:
    written = {_place(each): each.sums for each in CohortFigures.objects.filter(snapshot=snapshot)}
    true = {_place(each): each.sums for each in figures_of(snapshot)}
    return sum(written.get(key) != true.get(key) for key in written.keys() | true.keys())


def _place(figures: CohortFigures) -> tuple[UUID, Place]:
    return figures.cohort_id, Place(figures.department, figures.location, figures.band)
