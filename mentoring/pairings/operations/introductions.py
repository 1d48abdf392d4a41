"""Chasing a first meeting that should have taken place."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from accounts.mornings import Mornings
from mentoring.outbox.almanac import Morning
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.models import Pairing
from programs.enums import Side
from programs.post import address_of

INTRODUCTION_DUE = "pairings.introduction_due"


def chase_introductions(pairings: Iterable[Pairing], *, now: datetime) -> None:
    """Plan a message to each of the two for the morning after the introduction was due.

    Whether it is still wanted is asked then. Twice is once; load the pairings with people.
    """
    mornings = Mornings.here()
    plans: dict[Morning, list[tuple[str, UUID, str]]] = {}
    for pairing in pairings:
        if not pairing.introduction_due_on:
            continue
        day = pairing.introduction_due_on + timedelta(days=1)
        for side in Side:
            member = pairing.person(side).member
            message = (address_of(member), pairing.pk, side.value)
            plans.setdefault(mornings.on(day, member), []).append(message)
    for morning, wanted in plans.items():
        enqueue_all(kind=INTRODUCTION_DUE, wanted=wanted, due_at=morning, now=now)
