"""What agendas say on the home of somebody who takes part."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Member
from mentoring.meetings.models import Meeting
from mentoring.meetings.queries.agenda import Prepared, prepared_of
from mentoring.pairings.enums import Phase
from mentoring.pairings.home import News, Step
from mentoring.pairings.queries.pairs import Card
from programs.enums import Side

SOON = timedelta(days=3)


def agenda_news(member: Member, cards: Sequence[Card], now: datetime) -> News:
    """A meeting is near: the mentor prepares it, the mentee looks and adds. One query."""
    return News(list(_steps(member, cards, now)))


def _steps(member: Member, cards: Sequence[Card], now: datetime) -> Iterator[Step]:
    live = {card.pairing.pk: card for card in cards if card.phase == Phase.PAIR}
    for each in prepared_of(live, after=now, until=now + SOON):
        card = live[each.meeting.pairing_id]
        url = reverse("meeting_agenda", args=[member.organization.slug, each.meeting.pk])
        step = _step(each, card, url)
        if step:
            yield step


def _step(each: Prepared, card: Card, url: str) -> Step | None:
    words = {"name": card.partner.member, "when": _when(each.meeting)}
    if card.side == Side.MENTOR and not each.by:
        title = _("You meet %(name)s on %(when)s: prepare") % words
        text = _("Two or three points are plenty. The agenda is yours.")
        return Step(50, title, text, url, _("Prepare"))
    if card.side == Side.MENTEE and each.by == {Side.MENTOR}:
        title = _("You meet %(name)s on %(when)s: see what is proposed") % words
        text = _("Look at the agenda, and add what you want to talk about.")
        return Step(52, title, text, url, _("Look"))
    return None


def _when(meeting: Meeting) -> str:
    return date_format(timezone.localtime(meeting.starts_at), "DATE_FORMAT")
