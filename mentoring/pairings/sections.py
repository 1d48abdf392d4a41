"""What the page of a pair shows of other modules and higher floors, each part with a template.

Positions: 3 looking back, 5 aims, 10 agreement, 20 meetings, 30 goals, 40 messages, 50 questions,
60 what has been.
"""

from collections.abc import Callable
from datetime import datetime

from mentoring.lib.contributions import Contributions, Section, in_order
from mentoring.pairings.queries.pairs import Card

type Compose = Callable[[Card, datetime], Section | None]

# Asked about a pair, live or past, as one of the two may see it; each costs few queries.
composers = Contributions[Compose]()


def sections_of(card: Card, *, now: datetime) -> list[Section]:
    """The parts of the page, from top to bottom."""
    return in_order(compose(card, now) for compose in composers)
