"""How often a pair is asked how it is going: as often as it means to meet."""

from datetime import timedelta

from mentoring.lib.recurrence import Every
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from programs.enums import Cadence

ASK = "checkins.ask"
PROMPT = "checkins.prompt"
REPEAT = "checkins.repeat"

EVERY = {
    Cadence.FORTNIGHTLY: Every.FORTNIGHT,
    Cadence.MONTHLY: Every.MONTH,
    Cadence.QUARTERLY: Every.QUARTER,
}
# An answer to a check-in is one to how it is going now.
STANDS = timedelta(days=14)
# In working days: one gentle repeat, and after that the rules of drift.
REPEATS_AFTER = 4
LASTS = timedelta(days=7)


def is_asked(pairing: Pairing) -> bool:
    """Whether the two are at work: they have met, and neither have a break nor close."""
    return pairing.state == PairingState.ACTIVE
