"""Asking for feedback when a pair has ended well: once, once more, and a last time."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from accounts.models import Member
from accounts.mornings import Mornings
from mentoring.feedback.models import Response
from mentoring.feedback.moments import may_answer
from mentoring.feedback.operations.opening import opens_at, plan_end
from mentoring.lib.clock import day_at
from mentoring.outbox.almanac import Morning
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.queries.mails import pairings_by_key
from programs.enums import Moment, Side
from programs.post import address_of

ASK = "feedback.prompt"
AGAIN = "feedback.prompt_again"
LAST = "feedback.prompt_last"
# In working days: after the first prompt, and before the partner reads what there is.
AGAIN_AFTER = 5
LAST_BEFORE = 2

type Wanted = tuple[str, UUID, str]


def ask_for_feedback(keys: Collection[UUID], *, now: datetime) -> None:
    """Plan the prompts of those of these pairs that have ended well. Twice is once.

    Feedback that was sent before the end is looked at again when the time is over.
    """
    mornings = Mornings.here()
    planned: dict[tuple[str, Morning, datetime], list[Wanted]] = {}
    for pairing in pairings_by_key(keys).values():
        ends = opens_at(pairing)
        if ends is None or not may_answer(pairing, Moment.PARTNER):
            continue
        plan_end(pairing, ends)
        for side in Side:
            member = pairing.person(side).member
            for kind, morning in _prompts(member, mornings, ends, now=now):
                wanted = (address_of(member), pairing.pk, side.value)
                planned.setdefault((kind, morning, ends), []).append(wanted)
    for (kind, morning, ends), wanted_ones in planned.items():
        enqueue_all(kind=kind, wanted=wanted_ones, due_at=morning, expires_at=ends, now=now)


def _prompts(
    member: Member, mornings: Mornings, ends: datetime, *, now: datetime
) -> Iterator[tuple[str, Morning]]:
    """Which prompts there is time for, and when."""
    zone, days = mornings.zone_of(member), mornings.hours.working
    first = mornings.after(now, member)
    again = mornings.on(days.days_after(day_at(first.at, zone), AGAIN_AFTER), member)
    last = mornings.on(days.days_before(day_at(ends, zone), LAST_BEFORE), member)
    for kind, morning in ((ASK, first), (AGAIN, again), (LAST, last)):
        if morning.at < ends and (kind != LAST or morning.at > again.at):
            yield kind, morning


def have_sent(pairings: Collection[UUID]) -> set[tuple[UUID, str]]:
    """Who of these pairs has sent feedback to the partner: pairing and side. One query."""
    rows = Response.objects.to_the_partner().sent().filter(pairing__in=list(pairings))
    return set(rows.values_list("pairing", "side"))
