"""What surveys say on the home of somebody who takes part, and on the page of a pair."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from mentoring.feedback.models import Response
from mentoring.feedback.queries.surveys import own_surveys, waiting_surveys
from mentoring.feedback.survey_words import title_of
from mentoring.feedback.waves import is_open
from mentoring.lib.contributions import Section
from mentoring.pairings.enums import Phase
from mentoring.pairings.home import News, Step
from mentoring.pairings.queries.pairs import Card
from programs.enums import Moment

SURVEY = 42
WAITS, RESTS = 4, 55


def survey_news(member: Member, cards: Sequence[Card], now: datetime) -> News:
    """Which waves wait for the member. One query, none without pairs."""
    known = {card.pairing.pk: card for card in cards if card.phase in {Phase.PAIR, Phase.PAST}}
    pairings = [card.pairing for card in known.values()]
    waiting = waiting_surveys(pairings, member, now=now)
    return News([_step(member, known[each.pairing_id], each) for each in waiting])


def _step(member: Member, card: Card, response: Response) -> Step:
    moment = Moment(response.moment)
    title = title_of(moment, str(card.partner.member))
    text = _("Three minutes, and confidential. It helps those who run this to make it better.")
    url = reverse("pair_survey", args=[member.organization.slug, card.pairing.pk, moment.value])
    return Step(SURVEY, title, text, url, _("Go on") if response.form_id else _("Tell how it goes"))


def survey_part(card: Card, now: datetime) -> Section | None:
    """On the page of a pair: what waits, and the way to what the reader answered. One query."""
    mine = own_surveys([card.pairing.pk], card.me.member)
    waiting = [_named(card, each) for each in mine if is_open(card.pairing, each, now=now)]
    sent = [_named(card, each) for each in mine if each.sent_at]
    if not waiting and not sent:
        return None
    context = {"waiting": waiting, "sent": sent}
    return Section("feedback/_surveys.html", WAITS if waiting else RESTS, context)


def _named(card: Card, response: Response) -> tuple[str, Response]:
    return title_of(Moment(response.moment), str(card.partner.member)), response
