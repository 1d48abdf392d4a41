"""How often two people have met, told by the floor that keeps meetings."""

from collections.abc import Callable

from mentoring.lib.contributions import Contributions
from mentoring.pairings.models import Pairing

type Count = Callable[[Pairing], int]

counters = Contributions[Count]()


def meetings_held(pairing: Pairing) -> int:
    """A query, while there is somebody to tell."""
    return sum(count(pairing) for count in counters)
