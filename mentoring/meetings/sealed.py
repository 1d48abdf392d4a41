"""Texts of meetings that are stored encrypted, each with a key of its own."""

from mentoring.profiles.sealed import seal, unseal

PLACE = "meetings.place.text"
AGENDA_ITEM = "meetings.agenda_item.text"
SHARED_NOTE = "meetings.shared_note.text"
PRIVATE_NOTE = "meetings.private_note.text"
GOAL = "meetings.goal.text"
COMMITMENT = "meetings.commitment.text"


def seal_place(text: str) -> str:
    """What to store of a place."""
    return seal(text, purpose=PLACE)


def unseal_place(stored: str) -> str:
    """The place again. Raises Unreadable like `decrypt`."""
    return unseal(stored, purpose=PLACE)
