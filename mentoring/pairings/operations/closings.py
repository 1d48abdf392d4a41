"""Ending a pair well: one of the two begins it, the other agrees, and either may think again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.mornings import Mornings
from mentoring.lib.clock import day_at
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.deadlines import REMINDER_LASTS
from mentoring.pairings.enums import EndReason, Outcome, PairingState
from mentoring.pairings.models import Closing, ClosingReason, Pairing
from mentoring.pairings.operations.countdown import count_down
from mentoring.pairings.operations.drift import watch
from mentoring.pairings.operations.endings import end_pairs
from mentoring.pairings.operations.lifecycle import end_breaks, locked_live
from mentoring.pairings.operations.patience import offer_to_end_alone
from mentoring.pairings.queries.closings import (
    is_over,
    may_close,
    may_end_alone,
    open_closing_of,
)
from mentoring.pairings.queries.mails import today_here
from mentoring.pairings.signals import rhythms_changed
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Side
from programs.post import address_of

BEGAN = "pairings.closing_began"
WAITS = "pairings.closing_waits"
WENT_ON = "pairings.closing_went_on"
ENDED_WELL = "pairings.ended_well"
# In working days: one reminder, and no other.
WAITS_AFTER = 5


class CannotClose(Exception):
    """The pair has not met yet, closes already, or has ended."""


class NotAlone(Exception):
    """Who began it waits for the other, until the time that the two had in mind is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A reason, if the person chose one, and who is told it. Nobody else ever sees it."""

    reason: EndReason | None = None
    tells_partner: bool = False
    tells_program: bool = False


def occasion_of(closing: Closing, side: str) -> str:
    return f"{side}@{closing.began_at.isoformat()}"


@transaction.atomic
def begin(*, pairing: Pairing, side: Side, why: Why, now: datetime) -> Closing:
    """Propose to end the pair well; the other one is told and reminded once.

    Who began it is told when nobody has answered for so long that the pair may be ended alone.
    Call it as that one of the two. Raises CannotClose.
    """
    found = locked_live(pairing)
    if not found or not may_close(found):
        raise CannotClose
    end_breaks([found.pk], now=now)
    found.state, found.paused_until = PairingState.CLOSING, None
    found.save(update_fields=["state", "paused_until"])
    closing: Closing = Closing.objects.create(
        pairing=found,
        by=side,
        began_at=now,
        reason=why.reason if why.reason and why.tells_program else "",
    )
    if why.reason and why.tells_partner:
        ClosingReason.objects.create(
            closing=closing,
            mentor_member_id=found.mentor.member_id,
            mentee_member_id=found.mentee.member_id,
            reason=why.reason,
        )
    _tell(found, closing, now=now)
    offer_to_end_alone(found, now=now)
    rhythms_changed.send(sender=Pairing, keys=[found.pk], now=now)
    return closing


@transaction.atomic
def go_on(*, pairing: Pairing, side: Side, now: datetime) -> bool:
    """Think again, as the one who began it; the rhythm counts from now, and the other is told.

    Return whether there was something to take back.
    """
    found = locked_live(pairing)
    closing = open_closing_of(pairing)
    if not found or not closing or closing.by != side:
        return False
    _settle(closing, Outcome.WENT_ON, now=now)
    found.state, found.resumed_at = PairingState.ACTIVE, now
    found.save(update_fields=["state", "resumed_at"])
    other = OTHER_SIDE[side]
    wanted = [(address_of(found.person(other).member), found.pk, occasion_of(closing, other))]
    enqueue_all(kind=WENT_ON, wanted=wanted, due_at=now)
    watch([found], now=now)
    count_down([found], now=now)
    return True


@transaction.atomic
def complete(*, pairing: Pairing, side: Side, now: datetime) -> bool:
    """End the pair for good; both read the same thanks. Twice is once.

    Before the end that the two had in mind it is completed early by agreement, which is as
    good. Return whether it ended just now. Raises NotAlone.
    """
    found = locked_live(pairing)
    closing = open_closing_of(pairing)
    if not found or not closing:
        return False
    today = today_here(now)
    is_mine = closing.by == side
    if is_mine and not may_end_alone(found, closing, today=today, now=now):
        raise NotAlone
    _settle(closing, Outcome.ALONE if is_mine else Outcome.AGREED, now=now)
    over = is_over(found, today=today)
    state = PairingState.COMPLETED if over else PairingState.CLOSED_EARLY
    told = [(found, each) for each in Side]
    end_pairs([found], told, ENDED_WELL, state=state, now=now)
    return True


def _settle(closing: Closing, outcome: Outcome, *, now: datetime) -> None:
    closing.outcome, closing.settled_at = outcome, now
    closing.save(update_fields=["outcome", "settled_at"])


def _tell(pairing: Pairing, closing: Closing, *, now: datetime) -> None:
    other = OTHER_SIDE[Side(closing.by)]
    member = pairing.person(other).member
    message: tuple[str, UUID, str] = (
        address_of(member),
        pairing.pk,
        occasion_of(closing, other),
    )
    mornings = Mornings.here()
    today = day_at(now, mornings.zone_of(member))
    day = mornings.hours.working.days_after(today, WAITS_AFTER)
    enqueue_all(kind=BEGAN, wanted=[message], due_at=now)
    again = mornings.on(day, member)
    ends_at = again.at + REMINDER_LASTS
    enqueue_all(kind=WAITS, wanted=[message], due_at=again, expires_at=ends_at, now=now)
