"""Texts of pairings that are stored encrypted, with a key of their own."""

from mentoring.profiles.sealed import seal, unseal

OFFER = "pairings.offer.text"
AGREED_OFFERS = "pairings.agreement.offers"
AGREED_SEEKS = "pairings.agreement.seeks"
SHARED_AIMS = "pairings.shared_aims.aims"
SHARED_CHALLENGES = "pairings.shared_aims.challenges"
MESSAGE = "pairings.message.text"
CONCERN = "pairings.concern.text"
CONCERN_MESSAGE = "pairings.concern.message_text"
CONCERN_NOTE = "pairings.concern_note.text"


def seal_offer(text: str) -> str:
    """What to store of an offer."""
    return seal(text, purpose=OFFER)


def unseal_offer(stored: str) -> str:
    """The offer again. Raises Unreadable like `decrypt`."""
    return unseal(stored, purpose=OFFER)


def seal_agreed(offers: str, seeks: str) -> dict[str, str]:
    """What to store of an agreement's words, by field."""
    return {
        "offers": seal(offers, purpose=AGREED_OFFERS),
        "seeks": seal(seeks, purpose=AGREED_SEEKS),
    }


def unseal_agreed(offers: str, seeks: str) -> tuple[str, str]:
    """The words again. Raises Unreadable like `decrypt`."""
    return unseal(offers, purpose=AGREED_OFFERS), unseal(seeks, purpose=AGREED_SEEKS)


def seal_aims(aims: str, challenges: str) -> dict[str, str]:
    """What to store of shared aims, by field."""
    return {
        "aims": seal(aims, purpose=SHARED_AIMS),
        "challenges": seal(challenges, purpose=SHARED_CHALLENGES),
    }


def unseal_aims(aims: str, challenges: str) -> dict[str, str]:
    """The aims again. Raises Unreadable like `decrypt`."""
    return {
        "aims": unseal(aims, purpose=SHARED_AIMS),
        "challenges": unseal(challenges, purpose=SHARED_CHALLENGES),
    }
