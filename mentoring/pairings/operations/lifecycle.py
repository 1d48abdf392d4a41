"""What meetings make of a pair."""

from datetime import datetime

from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing


def note_meetings(pairing: Pairing, *, first_at: datetime | None, last_at: datetime | None) -> None:
    """Keep when a pair first and last met. With the first meeting the pair becomes active.

    The caller holds the pairing locked.
    """
    pairing.introduced_at, pairing.last_met_at = first_at, last_at
    if first_at and pairing.state == PairingState.INTRODUCTORY:
        pairing.state = PairingState.ACTIVE
    pairing.save(update_fields=["introduced_at", "last_met_at", "state"])
