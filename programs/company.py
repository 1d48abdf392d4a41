"""Who has a partner. Only a higher floor knows, and registers how to ask when ready."""

from collections.abc import Callable, Collection
from uuid import UUID

from mentoring.lib.contributions import Contributions

type Ask = Callable[[Collection[UUID]], set[UUID]]

# Each finds those of some participants who have a partner.
asks = Contributions[Ask]()


def with_partner(participants: Collection[UUID]) -> set[UUID]:
    """Those of the participants who have a partner at present."""
    return {key for ask in asks for key in ask(participants)}
