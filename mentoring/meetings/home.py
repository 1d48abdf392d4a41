"""What meetings say on the home of somebody who takes part."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from mentoring.lib.contributions import Section
from mentoring.meetings.models import Meeting
from mentoring.meetings.queries.meetings import planned_of
from mentoring.meetings.queries.people import chiefs_of
from mentoring.pairings.enums import PairingState, Phase
from mentoring.pairings.home import Fact, News, Step
from mentoring.pairings.queries.mails import is_present
from mentoring.pairings.queries.pairs import Card
from programs.queries.enrollment import today_of

NEXT_MEETING = 10
ASSISTED = 20


def assisted_section(member: Member, now: datetime) -> Section | None:
    """The way to the meetings that somebody looks after for others. One query."""
    chiefs = [str(each.member) for each in chiefs_of(member)]
    if not chiefs:
        return None
    return Section("meetings/_assisted_home.html", ASSISTED, {"chiefs": ", ".join(chiefs)})


def meeting_news(member: Member, cards: Sequence[Card], now: datetime) -> News:
    """What to say or plan about meetings, and when the two of each pair meet next. One query."""
    live = [card for card in cards if card.phase == Phase.PAIR]
    planned = planned_of(card.pairing.pk for card in live)
    today = today_of(member, now)
    away = {card.pairing.pk for card in live if not is_present(card.partner, today)}
    facts = {
        key: [_next(card, planned.get(key, []), now, is_away=key in away)]
        for card in live
        for key in [card.pairing.pk]
    }
    return News(list(_steps(member, live, planned, away, now)), facts)


def _steps(
    member: Member,
    live: Sequence[Card],
    planned: Mapping[UUID, list[Meeting]],
    away: Collection[UUID],
    now: datetime,
) -> Iterator[Step]:
    """Say whether a meeting took place; plan the first one, or the next, with who is there."""
    for card in live:
        meetings = planned.get(card.pairing.pk, [])
        rests = card.pairing.state == PairingState.PAUSED
        if any(each.is_over(now=now) for each in meetings):
            yield _was_it_held(member, card)
        elif not meetings and not rests and card.pairing.pk not in away:
            yield _plan(member, card)


def _next(card: Card, meetings: Iterable[Meeting], now: datetime, *, is_away: bool) -> Fact:
    label = _("Next meeting")
    ahead = next((each for each in meetings if not each.is_over(now=now)), None)
    if ahead:
        return Fact(NEXT_MEETING, label, at=ahead.starts_at)
    if is_away:
        return Fact(NEXT_MEETING, label, _("%(name)s has a break") % {"name": card.partner.member})
    rests = card.pairing.state == PairingState.PAUSED
    return Fact(NEXT_MEETING, label, _("After your break") if rests else _("Not planned yet"))


def _was_it_held(member: Member, card: Card) -> Step:
    title = _("Did you and %(name)s meet?") % {"name": card.partner.member}
    text = _("A meeting was planned. One click notes it, or you choose a new date.")
    url = f"{_url(member, 'pair', card)}#meetings"
    return Step(15, title, text, url, _("Answer"))


def _plan(member: Member, card: Card) -> Step:
    name = {"name": card.partner.member}
    owes = card.pairing.cohort.program.scheduling_owed_by == card.side
    url = _url(member, "meeting_plan", card)
    if card.pairing.state == PairingState.INTRODUCTORY:
        title = _("Get to know %(name)s: plan the first meeting") % name
        text = _("30 or 60 minutes, by phone, by video or in person.")
        return Step(20 if owes else 22, title, text, url, _("Plan the first meeting"))
    title = _("Plan the next meeting with %(name)s") % name
    text = _("A date in the calendar is what keeps two people going.")
    return Step(40 if owes else 42, title, text, url, _("Plan it"))


def _url(member: Member, view: str, card: Card) -> str:
    return reverse(view, args=[member.organization.slug, card.pairing.pk])
