"""What goals and commitments add to the page of a pair."""

from datetime import datetime

from mentoring.lib.contributions import Section
from mentoring.meetings.queries.reached import glance_at
from mentoring.pairings.enums import Phase
from mentoring.pairings.queries.pairs import Card

POSITION = 30


def goals_section(card: Card, now: datetime) -> Section | None:
    """A few open goals and what the leader has taken on; one query."""
    if not card.pairing.began_at:
        return None
    context = {"glance": glance_at(card), "is_live": card.phase == Phase.PAIR}
    return Section("meetings/_goals.html", POSITION, context)
