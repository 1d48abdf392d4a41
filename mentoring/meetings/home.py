"""What meetings say on the home of somebody who takes part."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from mentoring.pairings.queries.pairs import Card

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
    facts = {card.pairing.pk: [_next(planned.get(card.pairing.pk, []), now)] for card in live}
    return News(list(_steps(member, live, planned, now)), facts)


def _steps(
    member: Member, live: Sequence[Card], planned: Mapping[UUID, list[Meeting]], now: datetime
) -> Iterator[Step]:
    """Say whether a meeting took place; plan the first one, or the next."""
    for card in live:
        meetings = planned.get(card.pairing.pk, [])
        if any(each.is_over(now=now) for each in meetings):
            yield _was_it_held(member, card)
        elif not meetings and card.pairing.state != PairingState.PAUSED:
            yield _plan(member, card)


def _next(meetings: Iterable[Meeting], now: datetime) -> Fact:
    label = _("Next meeting")
    ahead = next((each for each in meetings if not each.is_over(now=now)), None)
    if ahead is None:
        return Fact(NEXT_MEETING, label, _("Not planned yet"))
    return Fact(NEXT_MEETING, label, at=ahead.starts_at)


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
