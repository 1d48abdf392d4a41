"""What agreements say on the home of somebody who takes part."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from mentoring.pairings.enums import Phase
from mentoring.pairings.home import Fact, News, Step
from mentoring.pairings.queries.agreements import Rhythm, agreeing_of, rhythm_of
from mentoring.pairings.queries.pairs import Card

RHYTHM, UNTIL = 20, 30
DAYS_IN_A_WEEK = 7


def agreement_news(member: Member, cards: Sequence[Card], now: datetime) -> News:
    """What to confirm or to write down, the rhythm of each pair, and how long it still is."""
    live = [card for card in cards if card.phase == Phase.PAIR]
    today = timezone.localtime(now).date()
    rhythms = rhythm_of(card.pairing for card in live)
    facts = {key: list(_facts(rhythm, today)) for key, rhythm in rhythms.items()}
    return News(list(_steps(member, live)), facts)


def _steps(member: Member, live: Sequence[Card]) -> Iterator[Step]:
    """Confirm what the other side proposes; write down what you agreed when you met."""
    agreeing = agreeing_of(card.pairing for card in live)
    for card in live:
        name = {"name": card.partner.member}
        state = agreeing.get(card.pairing.pk)
        slug, key = member.organization.slug, card.pairing.pk
        if state and state.is_open and state.awaited == card.side:
            title = _("%(name)s proposes how you work together") % name
            text = _("Look at the four points, and confirm them or propose something else.")
            yield Step(30, title, text, reverse("pair_agreement", args=[slug, key]), _("Look"))
        elif state is None and not card.is_new:
            title = _("Write down what you and %(name)s agreed") % name
            text = _("Four points, two minutes: how often, until when, what one offers and seeks.")
            url = reverse("pair_agreement_propose", args=[slug, key])
            yield Step(35, title, text, url, _("Write it down"))


def _facts(rhythm: Rhythm, today: date) -> Iterator[Fact]:
    often = {"cadence": rhythm.cadence.label, "minutes": rhythm.minutes}
    yield Fact(RHYTHM, _("Rhythm"), _("%(cadence)s, %(minutes)d minutes") % often)
    if rhythm.ends_on:
        yield Fact(UNTIL, _("Until"), _left((rhythm.ends_on - today).days), rhythm.ends_on)


def _left(days: int) -> str:
    if days <= 0:
        return _("the agreed end is here")
    if days < 2 * DAYS_IN_A_WEEK:
        return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
    weeks = days // DAYS_IN_A_WEEK
    return ngettext("%(count)d week left", "%(count)d weeks left", weeks) % {"count": weeks}
