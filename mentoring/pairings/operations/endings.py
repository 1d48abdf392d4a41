"""Ending proposals and pairs, kindly and without a reason."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.enums import LIVE, Outcome, PairingState
from mentoring.pairings.models import Closing, Offer, Pairing
from mentoring.pairings.operations.aims import plan_forgetting
from mentoring.pairings.operations.lifecycle import end_breaks
from mentoring.pairings.signals import pairs_ended
from mentoring.pairings.wishes import WISHES
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.tenancy.scope import within
from programs.enums import Side
from programs.post import address_of

ENDED = "pairings.ended"
LEFT = "pairings.partner_left"
STEPPED_OUT = "pairings.partner_stepped_out"
FORGET = "pairings.forget_offer"


def end_proposals(
    proposals: Iterable[Pairing],
    state: PairingState,
    *,
    now: datetime,
    because_of: Collection[UUID] = (),
) -> None:
    """End proposals that the caller holds locked, and tell those who had said yes.

    The participants ``because_of`` whom they end know it already. Everybody else reads the
    same sentence, whatever happened.
    """
    found = list(proposals)
    told = [
        (address_of(each.person(side).member), each.pk, side.value)
        for each in found
        for side in Side
        if each.agreed_at(side) and each.person(side).pk not in because_of
    ]
    asked = {"asked": ""} if state == PairingState.DECLINED else {}
    Pairing.objects.filter(pk__in=[each.pk for each in found]).update(
        state=state, set_aside_at=None, ended_at=now, **asked
    )
    enqueue_all(kind=ENDED, wanted=told, due_at=now)
    forget = [(str(each.pk), each.pk, state.value) for each in found if each.requested_by]
    enqueue_all(kind=FORGET, wanted=forget, due_at=now)


@transaction.atomic
def end_proposals_of(participants: Collection[UUID], *, now: datetime, state: PairingState) -> None:
    """End everything proposed to or by these participants."""
    rows = Pairing.objects.of(participants).proposed().with_people().locked()
    end_proposals(rows, state, now=now, because_of=participants)


@transaction.atomic
def withdraw_all_of(participants: Collection[UUID], *, now: datetime) -> None:
    """These participants take part no more: end their proposals, and their pairs.

    Each partner is told that, and not why.
    """
    end_proposals_of(participants, now=now, state=PairingState.WITHDRAWN)
    pairs = list(Pairing.objects.of(participants).live().with_people().locked())
    told = [
        (each, side) for each in pairs for side in Side if each.person(side).pk not in participants
    ]
    end_pairs(pairs, told, LEFT, now=now)


@transaction.atomic
def step_out(*, pairing: Pairing, side: Side, now: datetime) -> bool:
    """End a live pair as one of the two; nobody is asked or told why. Twice is once.

    Return whether it ended just now.
    """
    pairs = list(Pairing.objects.filter(pk=pairing.pk).live().with_people().locked())
    end_pairs(pairs, [(each, OTHER_SIDE[side]) for each in pairs], STEPPED_OUT, now=now)
    return bool(pairs)


def end_pairs(
    pairs: Iterable[Pairing],
    told: Iterable[tuple[Pairing, Side]],
    kind: str,
    *,
    state: PairingState = PairingState.WITHDRAWN,
    now: datetime,
) -> None:
    """End locked pairs, free their places, and tell those people with one kind of message."""
    keys = [each.pk for each in pairs]
    open_closings = Closing.objects.open().filter(pairing__in=keys)
    open_closings.update(outcome=Outcome.OTHERWISE, settled_at=now)
    end_breaks(keys, now=now)
    Pairing.objects.filter(pk__in=keys).update(
        state=state,
        mentor_place=None,
        mentee_place=None,
        last_planned_at=None,
        paused_until=None,
        ended_at=now,
        **{column: None for wish in WISHES for column in wish.columns},
    )
    wanted = [(address_of(each.person(side).member), each.pk, side.value) for each, side in told]
    enqueue_all(kind=kind, wanted=wanted, due_at=now)
    plan_forgetting(keys, now=now)
    pairs_ended.send(sender=Pairing, keys=keys, now=now)


@transaction.atomic
def expire(keys: Iterable[UUID], *, now: datetime) -> int:
    """End the proposals among these whose time is over; return how many. Twice ends them once."""
    rows = Pairing.objects.proposed().filter(pk__in=list(keys), expires_at__lte=now)
    found = list(rows.with_people().locked())
    end_proposals(found, PairingState.EXPIRED, now=now)
    return len(found)


@transaction.atomic
def forget_offers(keys: Iterable[UUID]) -> None:
    """Delete what was written with requests that ended without a yes, as their writers.

    Call it while no member is in scope: an offer is for its two people alone.
    """
    ended = Pairing.objects.filter(pk__in=list(keys), began_at=None).exclude(requested_by="")
    gone = ended.exclude(state__in=[PairingState.PROPOSED, *LIVE])
    for each in gone.select_related("mentor", "mentee"):
        with within(each.organization_id, member_id=each.person(each.requested_by).member_id):
            Offer.objects.filter(pairing=each).delete()
