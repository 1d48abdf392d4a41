"""When there is something to answer: what a pair has to have been through for each moment."""

from mentoring.pairings.enums import LIVE, PairingState
from mentoring.pairings.models import Pairing
from programs.enums import Moment

ENDED_WELL = (PairingState.COMPLETED, PairingState.CLOSED_EARLY)
WINDING_UP = (PairingState.CLOSING, *ENDED_WELL)


def may_answer(pairing: Pairing, moment: Moment) -> bool:
    """Whether the two can say something at this moment; what was begun stays readable later.

    Feedback is for partners who have met and end it well: who stepped out owes nobody a word,
    and is owed none. The program also hears of pairs that ended in another way.
    """
    has_met = pairing.introduced_at is not None
    has_ended = pairing.ended_at is not None
    match moment:
        case Moment.PARTNER:
            return has_met and pairing.state in WINDING_UP
        case Moment.BASELINE:
            return pairing.state in LIVE
        case Moment.INTRODUCTION | Moment.MIDPOINT:
            return has_met and pairing.state in LIVE
        case Moment.END:
            return has_met and (has_ended or pairing.state == PairingState.CLOSING)
        case _:
            return has_met and has_ended
