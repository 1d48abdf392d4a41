"""What check-ins say on the home of somebody who takes part, and on the page of a pair."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from mentoring.checkins.enums import Said
from mentoring.checkins.queries.checkins import standing_of, standings_of
from mentoring.checkins.rhythm import is_asked
from mentoring.lib.contributions import Section
from mentoring.pairings.enums import Phase
from mentoring.pairings.home import News, Step
from mentoring.pairings.queries.pairs import Card
from mentoring.pairings.wishes import A_HAND

CHECK_IN = 38
WAITS, RESTS = 3, 25


def check_in_news(member: Member, cards: Sequence[Card], now: datetime) -> News:
    """Who is asked how it is going, and has not said so yet. One query."""
    asked = [card for card in cards if card.phase == Phase.PAIR and is_asked(card.pairing)]
    if not asked:
        return News()
    standings = standings_of([card.pairing.pk for card in asked], member, now=now)
    waiting = (
        card
        for card in asked
        if (standing := standings.get(card.pairing.pk)) and standing.awaits_me
    )
    return News([_step(member, card) for card in waiting])


def _step(member: Member, card: Card) -> Step:
    title = _("How is it going with %(name)s?") % {"name": card.partner.member}
    text = _("One tap is enough, and only you see the answer.")
    url = reverse("pair_check_in", args=[member.organization.slug, card.pairing.pk])
    return Step(CHECK_IN, title, text, url, _("Check in"))


def check_in_part(card: Card, now: datetime) -> Section | None:
    """On the page of a pair: the question, or what the reader said last. One query."""
    if card.phase != Phase.PAIR or not is_asked(card.pairing):
        return None
    standing = standing_of(card.pairing, card.me.member, now=now)
    context = {
        "standing": standing,
        "answers": Said.choices,
        "hand_asked_at": A_HAND.asked_at(card.pairing, card.side),
    }
    return Section("checkins/_section.html", WAITS if standing.awaits_me else RESTS, context)
