"""What feedback says on the home of somebody who takes part, and on the page of a pair."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from mentoring.feedback.moments import may_answer
from mentoring.feedback.operations.opening import opens_at
from mentoring.feedback.queries.responses import (
    feedback_of,
    feedback_of_all,
    received_by,
)
from mentoring.lib.contributions import Section
from mentoring.pairings.home import News, Step
from mentoring.pairings.queries.pairs import Card
from programs.enums import Moment

READ, GIVE = 34, 36
FEEDBACK, LOOKING_BACK = 2, 3


def feedback_news(member: Member, cards: Sequence[Card], now: datetime) -> News:
    """Feedback to read that waits for a thank-you, and feedback to give. One query."""
    asked = [card for card in cards if may_answer(card.pairing, Moment.PARTNER)]
    return News(list(_steps(member, asked, now))) if asked else News()


def _steps(member: Member, cards: Sequence[Card], now: datetime) -> Iterator[Step]:
    found = feedback_of_all(card.pairing.pk for card in cards)
    for card in cards:
        responses = found.get(card.pairing.pk, {})
        name = {"name": card.partner.member}
        url = reverse("pair_feedback", args=[member.organization.slug, card.pairing.pk])
        received = received_by(card.side, responses)
        if received and not received.thanked_at:
            title = _("%(name)s has given you feedback") % name
            text = _("It is yours to read and to keep.")
            yield Step(READ, title, text, url, _("Read it"))
        mine = responses.get(card.side)
        ends = opens_at(card.pairing)
        if not (mine and mine.sent_at) and not (ends and ends <= now):
            title = _("What would you like to tell %(name)s?") % name
            text = _("Three minutes: what was good, and what could be even better.")
            yield Step(GIVE, title, text, url, _("Give feedback"))


def feedback_part(card: Card, now: datetime) -> Section | None:
    """On the page of a pair that is about to end or has ended well. One query."""
    if not may_answer(card.pairing, Moment.PARTNER):
        return None
    found = feedback_of(card.pairing.pk)
    mine = found.get(card.side)
    context = {"mine": mine, "received": received_by(card.side, found)}
    return Section("feedback/_section.html", FEEDBACK, context)


def closing_section(card: Card, now: datetime) -> Section | None:
    """The way to the closing page; no query."""
    if not may_answer(card.pairing, Moment.PARTNER):
        return None
    return Section("feedback/closing_section.html", LOOKING_BACK)
