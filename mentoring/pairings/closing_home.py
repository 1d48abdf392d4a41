"""What an end that somebody has begun says on the home of the two."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from mentoring.pairings.enums import PairingState, Phase
from mentoring.pairings.home import News, Step
from mentoring.pairings.queries.closings import closings_of
from mentoring.pairings.queries.pairs import Card

AWAITED = 32


def closing_news(member: Member, cards: Sequence[Card], now: datetime) -> News:
    """Whose yes is awaited. One query, none while no pair closes."""
    closing = [
        card
        for card in cards
        if card.phase == Phase.PAIR and card.pairing.state == PairingState.CLOSING
    ]
    found = closings_of([card.pairing.pk for card in closing])
    return News(
        [
            _step(member, card)
            for card in closing
            if (begun := found.get(card.pairing.pk)) and begun.by != card.side
        ]
    )


def _step(member: Member, card: Card) -> Step:
    title = _("%(name)s would like to end your pair well") % {"name": card.partner.member}
    text = _("Say yes, or talk about it first. Nothing ends by itself.")
    url = reverse("pair_ending", args=[member.organization.slug, card.pairing.pk])
    return Step(AWAITED, title, text, url, _("Look and answer"))
