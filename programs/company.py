"""Who has a partner. Only a higher floor knows, and registers how to ask when ready."""

from collections.abc import Callable, Collection
from uuid import UUID

type Ask = Callable[[Collection[UUID]], set[UUID]]

_asks: list[Ask] = []


def register(ask: Ask) -> None:
    """Add a way to find those of some participants who have a partner."""
    if ask not in _asks:
        _asks.append(ask)


def with_partner(participants: Collection[UUID]) -> set[UUID]:
    """Those of the participants who have a partner at present."""
    return {key for ask in _asks for key in ask(participants)}
