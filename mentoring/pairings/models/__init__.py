"""A mentor and a mentee, and what the two write to each other."""

from mentoring.pairings.models.agreement import Agreement, AgreementText
from mentoring.pairings.models.aims import SharedAims
from mentoring.pairings.models.closing import Closing, ClosingReason
from mentoring.pairings.models.concern import Concern, ConcernNote
from mentoring.pairings.models.message import PairMessage, PairMessageQuerySet
from mentoring.pairings.models.offer import Offer
from mentoring.pairings.models.pairing import Pairing, PairingQuerySet
from mentoring.pairings.models.rest import Break

__all__ = [
    "Agreement",
    "AgreementText",
    "Break",
    "Closing",
    "ClosingReason",
    "Concern",
    "ConcernNote",
    "Offer",
    "PairMessage",
    "PairMessageQuerySet",
    "Pairing",
    "PairingQuerySet",
    "SharedAims",
]
