"""Which pairs are behind their rhythm."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mentoring.pairings.drift import Drift, drift_of
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import rhythm_of
from programs.enums import Cadence


def drifts_of(pairings: Iterable[Pairing], *, now: datetime) -> dict[UUID, Drift]:
    """How far each pairing is behind. One query."""
    found = list(pairings)
    rhythms = rhythm_of(found)
    return {each.pk: drift_of(each, rhythms[each.pk].cadence, now=now) for each in found}


def cadence_of(pairing: Pairing) -> Cadence:
    """The rhythm of one pairing."""
    return rhythm_of([pairing])[pairing.pk].cadence
