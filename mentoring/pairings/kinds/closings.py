"""The messages of pairs that end well. None of them has a reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.lib.workdays import DAY
from mentoring.outbox.enums import Group
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, MailKind, Unwanted, register
from mentoring.pairings.enums import PairingState
from mentoring.pairings.kinds.letters import (
    letter_about,
    pairing_in,
    sided,
    unwanted_for,
    unwanted_unless,
    write_to_side,
)
from mentoring.pairings.kinds.wording import of_pair
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations import closings, patience
from mentoring.pairings.queries.agreements import rhythm_of
from mentoring.pairings.queries.closings import may_end_alone, open_closing_of
from mentoring.pairings.queries.mails import reachable, takes_part, today_of
from programs.enums import Side
from programs.post import absolute

ENDED = (PairingState.COMPLETED, PairingState.CLOSED_EARLY)

type IsThere = Callable[[Pairing, Side, datetime], bool]


def _while_open(is_there: IsThere) -> Unwanted:
    """Wanted while that very wish to end the pair waits for the reader."""

    def waits(pairing: Pairing, message: Message, now: datetime) -> bool:
        side, _since = sided(message)
        if not is_there(pairing, side, now):
            return False
        closing = open_closing_of(pairing)
        return closing is not None and message.occurrence == closings.occasion_of(closing, side)

    return unwanted_unless(waits)


def _may_end_alone(pairing: Pairing, message: Message, now: datetime) -> bool:
    """The morning may come some hours early: somebody may have moved east since it was planned."""
    closing, later = open_closing_of(pairing), now + DAY
    ends_on = rhythm_of([pairing])[pairing.pk].ends_on
    if not closing or not ends_on or message.occurrence != patience.occasion_of(closing, ends_on):
        return False
    is_there = reachable(pairing, closing.by, now=now)
    today = today_of(pairing, later)
    return is_there and may_end_alone(pairing, closing, today=today, now=later)


def _goes_on(pairing: Pairing, message: Message, now: datetime) -> bool:
    side, _since = sided(message)
    is_at_work = pairing.ended_at is None and pairing.state != PairingState.CLOSING
    return is_at_work and takes_part(pairing.person(side))


def _write(message: Message, now: datetime) -> Letter:
    side, _since = sided(message)
    pairing = pairing_in(message)
    letter = letter_about(pairing, Side(side))
    page = reverse("pair_ending", args=[pairing.organization.slug, pairing.pk])
    return replace(letter, context={**letter.context, "url": absolute(page)})


for kind in (
    MailKind(
        name=closings.BEGAN,
        label=_("The partner would like to end the pair well"),
        template="mail/pair_closing_began",
        group=Group.PAIRS,
        unwanted=_while_open(lambda pairing, side, _now: takes_part(pairing.person(side))),
        write=_write,
        wording=of_pair(),
    ),
    MailKind(
        name=closings.WAITS,
        label=_("The end of a pair waits for an answer"),
        template="mail/pair_closing_waits",
        group=Group.REMINDERS,
        unwanted=_while_open(lambda pairing, side, now: reachable(pairing, side, now=now)),
        write=_write,
        comes_when_back=True,
        wording=of_pair(),
    ),
    MailKind(
        name=patience.ALONE,
        label=_("Who began to end a pair well may end it alone"),
        template="mail/pair_closing_alone",
        group=Group.REMINDERS,
        unwanted=unwanted_unless(_may_end_alone),
        write=_write,
        comes_when_back=True,
        wording=of_pair(),
    ),
    MailKind(
        name=closings.WENT_ON,
        label=_("A pair goes on after all"),
        template="mail/pair_closing_went_on",
        group=Group.PAIRS,
        unwanted=unwanted_unless(_goes_on),
        write=_write,
        wording=of_pair(),
    ),
    MailKind(
        name=closings.ENDED_WELL,
        label=_("A pair has ended well"),
        template="mail/pair_ended_well",
        group=Group.PAIRS,
        unwanted=unwanted_for(lambda pairing, _side: pairing.state in ENDED),
        write=write_to_side,
        wording=of_pair(has_button=False),
    ),
):
    register(kind)
