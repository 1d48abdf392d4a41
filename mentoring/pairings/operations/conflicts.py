"""Keeping up with the reporting line."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.conflicts import conflicting, open_pairings
from mentoring.pairings.queries.mails import coordinators_for
from programs.enums import Side
from programs.post import address_of

FOUND = "pairings.conflict_found"
FOUND_IN_COHORT = "pairings.conflict_found_in_cohort"


def finding_of(pairing: Pairing) -> str:
    """Names one conflict, as it was found; one that has gone and comes back is another."""
    at = pairing.conflict_found_at
    return f"{pairing.conflict}/{at.isoformat()}" if pairing.conflict and at else ""


@transaction.atomic
def mark_conflicts(*, now: datetime) -> int:
    """Mark proposed and live pairs that are too close now, and unmark those that are not.

    Call it whenever managers may have changed. Nothing ends by itself: the two of a live pair
    and those who run it are told, and decide. Returns how many marks changed.
    """
    pairings = list(open_pairings())
    close = conflicting(pairings)
    changed: dict[str, list[UUID]] = {}
    for each in pairings:
        conflict = str(close.get(each.pk, ""))
        if conflict != each.conflict:
            changed.setdefault(conflict, []).append(each.pk)
    for conflict, keys in changed.items():
        Pairing.objects.filter(pk__in=keys).update(
            conflict=conflict, conflict_found_at=now if conflict else None
        )
    found = [key for conflict, keys in changed.items() if conflict for key in keys]
    _tell(Pairing.objects.filter(pk__in=found).live().with_people(), now=now)
    return sum(map(len, changed.values()))


def _tell(pairings: Iterable[Pairing], *, now: datetime) -> None:
    """Tell both, and those who run the cohort."""
    found = list(pairings)
    two = [
        (address_of(each.person(side).member), each.pk, f"{side}@{finding_of(each)}")
        for each in found
        for side in Side
    ]
    runners = [
        (address_of(member), each.pk, finding_of(each)) for each, member in coordinators_for(found)
    ]
    enqueue_all(kind=FOUND, wanted=two, due_at=now)
    enqueue_all(kind=FOUND_IN_COHORT, wanted=runners, due_at=now)
