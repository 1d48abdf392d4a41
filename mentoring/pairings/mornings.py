"""When people are reminded; the rule itself is one of accounts, for all floors."""

from accounts.mornings import Mornings

__all__ = ["Mornings"]
