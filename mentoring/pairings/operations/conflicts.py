"""Keeping up with the reporting line."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.conflicts import conflicting, open_pairings


@transaction.atomic
def mark_conflicts(*, now: datetime) -> int:
    """Mark proposed and live pairs that are too close now, and unmark those that are not.

    Call it whenever managers may have changed. Nothing ends by itself: people decide.
    Returns how many marks changed.
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
    return sum(map(len, changed.values()))
