"""What agreements say on the home of somebody who takes part."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from mentoring.pairings.countdown import is_near
from mentoring.pairings.drift import AT_WORK
from mentoring.pairings.enums import PairingState, Phase
from mentoring.pairings.home import Fact, News, Step
from mentoring.pairings.models import Agreement
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
    agreeing = agreeing_of(card.pairing for card in live)
    steps = [*_steps(member, live, agreeing), *_ends(member, live, agreeing, rhythms, today)]
    return News(steps, facts)


def _steps(
    member: Member, live: Sequence[Card], agreeing: Mapping[UUID, Agreement]
) -> Iterator[Step]:
    """Confirm what the other side proposes; write down what you agreed when you met."""
    for card in live:
        name = {"name": card.partner.member}
        state = agreeing.get(card.pairing.pk)
        slug, key = member.organization.slug, card.pairing.pk
        if state and state.is_open and state.awaited == card.side:
            title = _("%(name)s proposes how you work together") % name
            text = _("Look at the four points, and confirm them or propose something else.")
            yield Step(30, title, text, reverse("pair_agreement", args=[slug, key]), _("Look"))
        elif state is None and card.pairing.state == PairingState.ACTIVE:
            title = _("Write down what you and %(name)s agreed") % name
            text = _("Four points, two minutes: how often, until when, what one offers and seeks.")
            url = reverse("pair_agreement_propose", args=[slug, key])
            yield Step(35, title, text, url, _("Write it down"))


def _ends(
    member: Member,
    live: Sequence[Card],
    agreeing: Mapping[UUID, Agreement],
    rhythms: Mapping[UUID, Rhythm],
    today: date,
) -> Iterator[Step]:
    """Extend it or let it end, when the end comes near or is over and nothing is proposed."""
    for card in live:
        state, ends_on = agreeing.get(card.pairing.pk), rhythms[card.pairing.pk].ends_on
        is_open = state is not None and state.is_open
        if not ends_on or is_open or card.pairing.state not in AT_WORK:
            continue
        if not is_near(ends_on, today=today):
            continue
        name = {"name": card.partner.member}
        url = reverse("pair_ending", args=[member.organization.slug, card.pairing.pk])
        left = (ends_on - today).days
        if left < 0:
            title = _("You and %(name)s: the end you had in mind is over") % name
            text = _("Nothing has ended by itself. Agree on another end, or meet once more.")
            yield Step(44, title, text, url, _("How shall it go on?"))
        else:
            title = _("You and %(name)s: extend, or let it end well") % name
            text = f"{capfirst(_left(left))}. " + _("Both are good. You decide together.")
            yield Step(46, title, text, url, _("How shall it go on?"))


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
