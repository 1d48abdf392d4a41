"""Reminders that somebody missed because one of the two was away: on the morning after that.

When a break of one of them is known to end, a worker looks on that day; an early end, the end of
a leave and that of a break of the pair are looked at as they happen.
"""

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID

from accounts.models import Organization
from accounts.mornings import Mornings
from mentoring.lib.clock import instant, zone_named
from mentoring.outbox.adding import key_of
from mentoring.outbox.almanac import Morning
from mentoring.outbox.models import Message
from mentoring.outbox.operations import enqueue_all
from mentoring.outbox.returning import bring_back, kept_back
from mentoring.pairings.deadlines import REMINDER_LASTS
from mentoring.pairings.models import Pairing
from programs.enums import Side
from programs.models import Participant
from programs.post import address_of

BACK = "pairings.back"


def plan_return(participants: Collection[UUID], *, now: datetime) -> None:
    """Look again on the day on which breaks of these people end. Twice is once.

    Who moves that day has another look; one that comes too early changes nothing.
    """
    zone = zone_named(Organization.objects.get().time_zone)
    ends: dict[date, list[UUID]] = {}
    for each in Participant.objects.filter(pk__in=participants):
        if each.paused_until:
            ends.setdefault(each.paused_until, []).append(each.pk)
    for until, keys in ends.items():
        enqueue_all(
            kind=BACK,
            wanted=[(str(key), key, until.isoformat()) for key in keys],
            due_at=instant(until, time(), zone),
            now=now,
        )


def remind_again(pairings: Collection[Pairing], *, now: datetime) -> None:
    """Let what the two missed come in the next morning of each, if it is wanted then.

    Load the pairings with people.
    """
    members = {
        key_of(address_of(member)): member
        for pairing in pairings
        for member in (pairing.person(side).member for side in Side)
    }
    messages = kept_back(members, subject_ids=[each.pk for each in pairings])
    if not messages:
        return
    mornings = Mornings.here()
    missed: dict[Morning, list[Message]] = {}
    for message in messages:
        morning = mornings.after(now, members[message.recipient])
        missed.setdefault(morning, []).append(message)
    for morning, some in missed.items():
        bring_back(some, due_at=morning, expires_at=morning.at + REMINDER_LASTS)
