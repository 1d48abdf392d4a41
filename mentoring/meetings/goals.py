"""What goals and commitments add to the page of a pair, and to the home."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from mentoring.lib.contributions import Section
from mentoring.meetings.queries.reached import awaiting_yes, glance_at
from mentoring.pairings.enums import Phase
from mentoring.pairings.home import News, Step
from mentoring.pairings.queries.pairs import Card

POSITION = 30


def goals_section(card: Card, now: datetime) -> Section | None:
    """A few open goals and what the leader has taken on; one query."""
    if not card.pairing.began_at:
        return None
    context = {"glance": glance_at(card), "is_live": card.phase == Phase.PAIR}
    return Section("meetings/_goals.html", POSITION, context)


def commitment_news(member: Member, cards: Sequence[Card], now: datetime) -> News:
    """Wordings that the other side would like to publish wait for a yes. One query."""
    return News(list(_steps(member, cards)))


def _steps(member: Member, cards: Sequence[Card]) -> Iterator[Step]:
    live = {card.pairing.pk: card for card in cards if card.phase == Phase.PAIR}
    for pairing_id, proposed_by in awaiting_yes(live):
        card = live[pairing_id]
        if proposed_by == card.side:
            continue
        title = _("%(name)s would like to publish a commitment") % {"name": card.partner.member}
        text = _("Read the wording: it is published without names once you say yes, too.")
        url = reverse("pair_goals", args=[member.organization.slug, pairing_id])
        yield Step(37, title, text, f"{url}#commitments", _("Read it"))
