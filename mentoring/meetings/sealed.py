"""Texts of meetings that are stored encrypted, each with a key of its own."""

from mentoring.profiles.sealed import seal, unseal

PLACE = "meetings.place.text"


def seal_place(text: str) -> str:
    """What to store of a place."""
    return seal(text, purpose=PLACE)


def unseal_place(stored: str) -> str:
    """The place again. Raises Unreadable like `decrypt`."""
    return unseal(stored, purpose=PLACE)
