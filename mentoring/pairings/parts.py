"""What pairings themselves add to the page of a pair."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from mentoring.lib.contributions import Section
from mentoring.pairings.countdown import is_near
from mentoring.pairings.drift import AT_WORK
from mentoring.pairings.enums import Phase
from mentoring.pairings.queries.agreements import Standing, standing_of
from mentoring.pairings.queries.aims import shared_aims_of
from mentoring.pairings.queries.pairs import Card

AIMS, AGREEMENT = 5, 10


@dataclass(frozen=True, slots=True)
class NearEnd:
    """The agreed end of a pair that is at work, once it is time to think of it."""

    day: date
    has_passed: bool


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
        "end": None if proposal else _end_of(card, standing, now),
    }
    return Section("pairings/_agreement.html", AGREEMENT, context)


def _end_of(card: Card, standing: Standing, now: datetime) -> NearEnd | None:
    today = timezone.localtime(now).date()
    ends_on = standing.current.terms.ends_on if standing.current else None
    if not ends_on or card.pairing.state not in AT_WORK or not is_near(ends_on, today=today):
        return None
    return NearEnd(ends_on, has_passed=today > ends_on)
