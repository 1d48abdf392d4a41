"""How far a pair is behind its own rhythm (DOMAIN rule 22). Closing it needs a human."""

from datetime import datetime, timedelta
from enum import IntEnum

from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from programs.enums import Cadence

# States in which two people are meant to meet.
AT_WORK = (PairingState.INTRODUCTORY, PairingState.ACTIVE)
EVERY = {
    Cadence.FORTNIGHTLY: timedelta(days=14),
    Cadence.MONTHLY: timedelta(days=30),
    Cadence.QUARTERLY: timedelta(days=91),
}


class Drift(IntEnum):
    """From the two alone to those who run the cohort."""

    NONE = 0
    PROMPT = 1
    SEEN = 2
    ACT = 3


FACTORS = {Drift.PROMPT: 1.5, Drift.SEEN: 2, Drift.ACT: 3}


def reached_at(pairing: Pairing, cadence: Cadence, drift: Drift) -> datetime | None:
    """When the pair is that far behind unless it meets; None before it has begun."""
    since = pairing.counts_from
    return since + EVERY[cadence] * FACTORS[drift] if since else None


def drift_of(pairing: Pairing, cadence: Cadence, *, now: datetime) -> Drift:
    """How far it is behind now. A pair that has a break or closes is not behind."""
    if pairing.state not in AT_WORK:
        return Drift.NONE
    reached = (
        drift
        for drift in FACTORS
        if (at := reached_at(pairing, cadence, drift)) is not None and at <= now
    )
    return max(reached, default=Drift.NONE)
