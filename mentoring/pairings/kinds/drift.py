"""Prompts when a pair falls behind its own rhythm, and breaks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.lib.clock import day_at, zone_named
from mentoring.lib.workdays import DAY
from mentoring.outbox.enums import Group
from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind, Letter, MailKind, Unwanted, register
from mentoring.pairings.drift import Drift, drift_of, free_from
from mentoring.pairings.enums import PairingState
from mentoring.pairings.kinds.coordinators import letter_to_coordinator, unwanted_by_coordinator
from mentoring.pairings.kinds.letters import (
    always_wanted,
    context_of,
    keys_of,
    pairing_in,
    sided,
    unwanted_unless,
)
from mentoring.pairings.kinds.wording import AWAY, DRIFT, DRIFT_ACT, UNTIL, of_pair
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations import breaks, drift
from mentoring.pairings.queries.drift import cadence_of
from mentoring.pairings.queries.mails import (
    pairings_by_key,
    reachable,
    takes_part,
)
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Side
from programs.post import absolute, letter_to

type IsWanted = Callable[[Pairing, Side, str, datetime], bool]


def _unwanted(is_wanted: IsWanted) -> Unwanted:
    """Messages to one side on an occasion, while the pair lives."""

    def waits(pairing: Pairing, message: Message, now: datetime) -> bool:
        return pairing.ended_at is None and is_wanted(pairing, *sided(message), now)

    return unwanted_unless(waits)


def _is_behind(pairing: Pairing, occasion: str, least: Drift, now: datetime) -> bool:
    """Whether the pair has neither met nor changed its rhythm since, and is that far behind."""
    cadence = cadence_of(pairing)
    is_same = drift.occasion_of(pairing, cadence) == occasion
    return is_same and drift_of(pairing, cadence, now=now) >= least


def _wants_prompt(pairing: Pairing, side: Side, occasion: str, now: datetime) -> bool:
    """Nobody is prompted who is away, nor two who have planned to meet.

    The morning may come some hours early: somebody may have moved east since it was planned.
    """
    zone = zone_named(pairing.organization.time_zone)
    since, why, over_on = drift.parts_of(occasion)
    free_at = free_from(pairing, zone)
    if free_at and free_at > now:
        return False
    if why == drift.FREE and (not free_at or str(day_at(free_at, zone)) != over_on):
        return False
    both_are_there = all(reachable(pairing, each, now=now) for each in Side)
    return both_are_there and _is_behind(pairing, since, Drift.PROMPT, now + DAY)


def _is_on_break(pairing: Pairing, side: Side, occasion: str, now: datetime) -> bool:
    until, since = breaks.told_in(occasion)
    went_on = bool(since and pairing.resumed_at and pairing.resumed_at > since)
    is_same = pairing.state == PairingState.PAUSED and pairing.paused_until == until
    return is_same and not went_on and takes_part(pairing.person(side))


def _may_go_on(pairing: Pairing, side: Side, occasion: str, now: datetime) -> bool:
    return reachable(pairing, side, now=now) and _is_on_break(pairing, side, occasion, now)


def _is_partner_away(pairing: Pairing, side: Side, occasion: str, now: datetime) -> bool:
    """With a day it is a break from everything, without one a leave."""
    until, _since = breaks.told_in(occasion)
    partner = pairing.person(OTHER_SIDE[side])
    is_away = partner.paused_until == until if until else partner.member.on_leave
    return is_away and takes_part(pairing.person(side))


def _write(message: Message, now: datetime) -> Letter:
    side, _occasion = sided(message)
    pairing = pairing_in(message)
    plan = reverse("meeting_plan", args=[pairing.organization.slug, pairing.pk])
    context = {
        **context_of(pairing, side),
        "last_met_at": pairing.last_met_at,
        "paused_until": pairing.paused_until,
        "plan_url": absolute(plan),
    }
    return letter_to(pairing.person(side).member, pairing.organization, context)


def _write_away(message: Message, now: datetime) -> Letter:
    until, _since = breaks.told_in(sided(message)[1])
    letter = _write(message, now)
    return replace(letter, context={**letter.context, "paused_until": until})


def _look(messages: Sequence[Message], now: datetime) -> None:
    found = pairings_by_key(keys_of(messages))
    behind = [
        (pairing, each.occurrence)
        for each in messages
        if (pairing := found.get(each.subject_id))
        and _is_behind(pairing, each.occurrence, Drift.ACT, now)
    ]
    drift.ask_to_act(behind, now=now)


def _write_to_coordinator(message: Message, now: datetime) -> Letter:
    return letter_to_coordinator(message, lambda pairing: {"last_met_at": pairing.last_met_at})


for kind in (
    MailKind(
        name=drift.PROMPT,
        label=_("A pair has not met for a while"),
        template="mail/pair_drift",
        group=Group.REMINDERS,
        unwanted=_unwanted(_wants_prompt),
        write=_write,
        wording=DRIFT,
    ),
    EffectKind(
        name=drift.LOOK,
        label=_("A look at a pair that has not met for long"),
        unwanted=always_wanted,
        apply=_look,
    ),
    MailKind(
        name=drift.ACT,
        label=_("A pair needs a hand"),
        template="mail/pair_drift_act",
        group=Group.RUNNING,
        unwanted=unwanted_by_coordinator(
            lambda pairing, message, now: _is_behind(pairing, message.occurrence, Drift.ACT, now)
        ),
        write=_write_to_coordinator,
        wording=DRIFT_ACT,
    ),
    MailKind(
        name=breaks.PAUSED,
        label=_("A pair has a break"),
        template="mail/pair_paused",
        group=Group.PAIRS,
        unwanted=_unwanted(_is_on_break),
        write=_write,
        wording=of_pair(UNTIL, has_button=False),
    ),
    MailKind(
        name=breaks.PARTNER_AWAY,
        label=_("The partner has a break"),
        template="mail/pair_partner_away",
        group=Group.PAIRS,
        unwanted=_unwanted(_is_partner_away),
        write=_write_away,
        wording=AWAY,
    ),
    MailKind(
        name=breaks.BREAK_OVER,
        label=_("The break of a pair is over"),
        template="mail/pair_break_over",
        group=Group.REMINDERS,
        unwanted=_unwanted(_may_go_on),
        write=_write,
        is_repeatable=True,
        comes_when_back=True,
        wording=of_pair(has_button=False),
    ),
):
    register(kind)
