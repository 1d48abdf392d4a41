"""What the page of a pair shows of higher floors, each part with a template of its own.

A higher floor registers its part when ready. The parts are rendered with the page, so that it
is whole without JavaScript.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mentoring.lib.contributions import Contributions
from mentoring.pairings.queries.pairs import Card


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its template finds the ``context`` as ``section.context``.

    The lowest ``position`` comes first: 10 agreement, 20 meetings, 30 goals, 40 messages.
    """

    template: str
    position: int
    context: Mapping[str, Any] = field(default_factory=dict)


type Compose = Callable[[Card, datetime], Section | None]

# Asked about a pair, live or past, as one of the two may see it; each costs few queries.
composers = Contributions[Compose]()


def sections_of(card: Card, *, now: datetime) -> list[Section]:
    """The parts of the page, from top to bottom."""
    found = (compose(card, now) for compose in composers)
    return sorted((each for each in found if each), key=lambda each: each.position)
