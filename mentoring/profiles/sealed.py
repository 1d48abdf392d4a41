"""Texts that are stored encrypted, each field with a key of its own."""

from mentoring.lib.encryption import decrypt, encrypt

AIMS = "profiles.aims.aims"
CHALLENGES = "profiles.aims.challenges"
CHARACTERISTIC = "profiles.criteria.characteristic"


def seal(text: str, *, purpose: str) -> str:
    """What to store; nothing stays nothing, so that an empty answer can be told from a text."""
    return encrypt(text, purpose=purpose) if text else ""


def unseal(stored: str, *, purpose: str) -> str:
    """The text again. Raises Unreadable like `decrypt`."""
    return decrypt(stored, purpose=purpose) if stored else ""
