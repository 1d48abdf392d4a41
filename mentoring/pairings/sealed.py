"""Texts of pairings that are stored encrypted, with a key of their own."""

from mentoring.profiles.sealed import seal, unseal

OFFER = "pairings.offer.text"


def seal_offer(text: str) -> str:
    """What to store of an offer."""
    return seal(text, purpose=OFFER)


def unseal_offer(stored: str) -> str:
    """The offer again. Raises Unreadable like `decrypt`."""
    return unseal(stored, purpose=OFFER)
