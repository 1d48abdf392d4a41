"""Chasing a first meeting that should have taken place."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from accounts.mornings import Mornings
from mentoring.lib.clock import day_at, zone_named
from mentoring.lib.workdays import DAY
from mentoring.outbox.almanac import Morning
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.deadlines import REMINDER_LASTS
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
        if not (due_on := pairing.introduction_due_on):
            continue
        for side in Side:
            member = pairing.person(side).member
            message = (address_of(member), pairing.pk, f"{side}@{due_on}")
            plans.setdefault(mornings.on(due_on + DAY, member), []).append(message)
    for morning, wanted in plans.items():
        ends_at = morning.at + REMINDER_LASTS
        enqueue_all(
            kind=INTRODUCTION_DUE, wanted=wanted, due_at=morning, expires_at=ends_at, now=now
        )


def put_off_introduction(pairing: Pairing, *, since: datetime, now: datetime) -> None:
    """After a break, give the two as many days more for their first meeting, to a working day.

    Who were chased before it began are not chased again. The caller holds the pairing locked,
    with people.
    """
    mornings = Mornings.here()
    due_on = pairing.introduction_due_on
    if not due_on or mornings.on(due_on + DAY, pairing.mentee.member).at <= since:
        return
    zone = zone_named(mornings.organization.time_zone)
    today = day_at(now, zone)
    moved_to = due_on + (today - day_at(since, zone))
    pairing.introduction_due_on = mornings.hours.working.on_or_after(max(moved_to, today))
    pairing.save(update_fields=["introduction_due_on"])
    chase_introductions([pairing], now=now)
