"""What may follow what in the life of a pairing.

The database holds the same table in a trigger, so that no other way of writing gets around it.
"""

from mentoring.pairings.enums import PairingState

NEXT: dict[PairingState, frozenset[PairingState]] = {
    PairingState.PROPOSED: frozenset(
        {
            PairingState.INTRODUCTORY,
            PairingState.DECLINED,
            PairingState.EXPIRED,
            PairingState.WITHDRAWN,
        }
    ),
    PairingState.INTRODUCTORY: frozenset(
        {
            PairingState.ACTIVE,
            PairingState.PAUSED,
            PairingState.CLOSING,
            PairingState.CLOSED_EARLY,
            PairingState.WITHDRAWN,
        }
    ),
    PairingState.ACTIVE: frozenset(
        {
            PairingState.PAUSED,
            PairingState.CLOSING,
            PairingState.CLOSED_EARLY,
            PairingState.WITHDRAWN,
        }
    ),
    PairingState.PAUSED: frozenset(
        {
            PairingState.INTRODUCTORY,
            PairingState.ACTIVE,
            PairingState.CLOSING,
            PairingState.CLOSED_EARLY,
            PairingState.WITHDRAWN,
        }
    ),
    PairingState.CLOSING: frozenset(
        {
            PairingState.ACTIVE,
            PairingState.COMPLETED,
            PairingState.CLOSED_EARLY,
            PairingState.WITHDRAWN,
        }
    ),
}


def is_allowed(before: PairingState, after: PairingState) -> bool:
    """Whether a pairing may go from one state straight to the other."""
    return after in NEXT.get(before, frozenset())
