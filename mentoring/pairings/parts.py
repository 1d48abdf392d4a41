"""What pairings themselves add to the page of a pair."""

from datetime import datetime

from mentoring.lib.contributions import Section
from mentoring.pairings.enums import Phase
from mentoring.pairings.queries.agreements import standing_of
from mentoring.pairings.queries.aims import shared_aims_of
from mentoring.pairings.queries.pairs import Card

AIMS, AGREEMENT = 5, 10


def aims_part(card: Card, now: datetime) -> Section | None:
    """What the mentee wants to reach, for both to read. One query."""
    if card.phase != Phase.PAIR:
        return None
    aims = shared_aims_of(card.pairing)
    return Section("pairings/_aims.html", AIMS, {"aims": aims}) if aims else None


def agreement_part(card: Card, now: datetime) -> Section | None:
    """What the two agreed, or what waits for one of them; of a past pair what is left.

    One query.
    """
    standing = standing_of(card.pairing)
    is_live = card.phase == Phase.PAIR
    if not is_live and not standing.current:
        return None
    proposal = standing.proposal
    context = {
        "standing": standing,
        "is_live": is_live,
        "awaits_me": bool(proposal and proposal.agreement.awaited == card.side),
    }
    return Section("pairings/_agreement.html", AGREEMENT, context)
