"""How far a pair is behind its own rhythm (DOMAIN rule 22). Closing it needs a human."""

from datetime import datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from mentoring.lib.clock import instant
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from programs.enums import Cadence, Side

# States in which two people are meant to meet.
AT_WORK = (PairingState.INTRODUCTORY, PairingState.ACTIVE)
EVERY = {
    Cadence.FORTNIGHTLY: timedelta(days=14),
    Cadence.MONTHLY: timedelta(days=30),
    Cadence.QUARTERLY: timedelta(days=91),
}
# So long after a meeting has begun the two may still note that they have met.
NOTED_WITHIN = timedelta(hours=12)


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


def free_from(pairing: Pairing, zone: ZoneInfo) -> datetime | None:
    """When all that is known to keep the two from a prompt is over; None when nothing is known.

    That is the last meeting that is planned, once there was time to note it, and breaks of each.
    ``zone`` is the organization's; the pairing comes with people.
    """
    days = [pairing.person(side).paused_until for side in Side]
    known = [instant(day, time(), zone) for day in days if day]
    if pairing.last_planned_at:
        known.append(pairing.last_planned_at + NOTED_WITHIN)
    return max(known, default=None)
