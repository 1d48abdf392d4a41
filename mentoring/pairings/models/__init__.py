"""A mentor and a mentee, and what the two write to each other."""

from mentoring.pairings.models.agreement import Agreement, AgreementText
from mentoring.pairings.models.offer import Offer
from mentoring.pairings.models.pairing import Pairing, PairingQuerySet

__all__ = ["Agreement", "AgreementText", "Offer", "Pairing", "PairingQuerySet"]
