"""Asking those who run a cohort for something, and taking it back.

Nobody has to give a reason, and the partner is not told.
"""

from datetime import datetime

from django.db import transaction

from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.lifecycle import locked_live
from mentoring.pairings.queries.mails import coordinators_for
from mentoring.pairings.wishes import A_HAND, Wish
from programs.enums import Side
from programs.post import address_of


@transaction.atomic
def ask(wish: Wish, *, pairing: Pairing, side: Side, now: datetime) -> bool:
    """Ask for it, and tell those who run the cohort. Twice is once.

    Return whether the pair is live.
    """
    found = locked_live(pairing)
    if found and not wish.asked_at(found, side):
        _note(found, {wish.column(side): now})
        occasion = wish.occasion(found, side)
        wanted = [(address_of(each), found.pk, occasion) for _, each in coordinators_for([found])]
        enqueue_all(kind=wish.kind, wanted=wanted, due_at=now)
    return found is not None


@transaction.atomic
def take_back(wish: Wish, *, pairing: Pairing, side: Side) -> bool:
    """Ask for it no more; return whether the pair is live."""
    found = locked_live(pairing)
    if found:
        _note(found, {wish.column(side): None})
    return found is not None


@transaction.atomic
def have_helped(*, pairing: Pairing, side: Side, seen: datetime) -> bool:
    """Those who run the cohort have given that side a hand, as asked at the moment ``seen``.

    What was asked anew since stays. Return whether this call settled it.
    """
    found = locked_live(pairing)
    if not found or A_HAND.asked_at(found, side) != seen:
        return False
    _note(found, {A_HAND.column(side): None})
    return True


def _note(pairing: Pairing, values: dict[str, datetime | None]) -> None:
    for name, value in values.items():
        setattr(pairing, name, value)
    pairing.save(update_fields=list(values))
