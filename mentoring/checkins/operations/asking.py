"""Asking people how it is going, and repeating it once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.mornings import Mornings
from mentoring.checkins.models import CheckIn
from mentoring.checkins.queries.checkins import asked_on
from mentoring.checkins.rhythm import LASTS, PROMPT, REPEAT, REPEATS_AFTER
from mentoring.lib.clock import day_at
from mentoring.outbox.almanac import Morning
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.models import Pairing
from programs.enums import Side
from programs.post import address_of


@dataclass(frozen=True, slots=True)
class Occasion:
    """One of the two is asked on a nominal day; the pairing comes with people."""

    pairing: Pairing
    side: Side
    on: date

    @property
    def key(self) -> tuple[UUID, UUID, date]:
        return self.pairing.pk, self.pairing.person(self.side).member_id, self.on

    @property
    def name(self) -> str:
        """Names it in the outbox."""
        return f"{self.side}@{self.on.isoformat()}"


def ask(occasions: Iterable[Occasion], *, due_at: datetime, now: datetime) -> None:
    """Note that they are asked, and send each a mail now and a repeat later. Twice is once.

    ``due_at`` is when they were to be asked: a mail that is late waits for a civil hour. Who has
    said so on that very day without being asked is not asked.
    """
    asked = list(occasions)
    rows = [
        CheckIn(
            organization_id=each.pairing.organization_id,
            pairing=each.pairing,
            member=each.pairing.person(each.side).member,
            side=each.side,
            on=each.on,
            asked_at=now,
        )
        for each in asked
    ]
    CheckIn.objects.bulk_create(rows, ignore_conflicts=True)
    there = asked_on(each.key for each in asked)
    waiting = [each for each in asked if there[each.key].answered_at is None]
    mails = [(_address(each), each.pairing.pk, each.name) for each in waiting]
    enqueue_all(kind=PROMPT, wanted=mails, due_at=due_at, expires_at=now + LASTS, now=now)
    _plan_repeats(waiting, now=now)


def _plan_repeats(occasions: Iterable[Occasion], *, now: datetime) -> None:
    mornings = Mornings.here()
    planned: dict[Morning, list[tuple[str, UUID, str]]] = {}
    for each in occasions:
        member = each.pairing.person(each.side).member
        today = day_at(now, mornings.zone_of(member))
        day = mornings.hours.working.days_after(today, REPEATS_AFTER)
        mail = (_address(each), each.pairing.pk, each.name)
        planned.setdefault(mornings.on(day, member), []).append(mail)
    for morning, mails in planned.items():
        enqueue_all(
            kind=REPEAT, wanted=mails, due_at=morning, expires_at=morning.at + LASTS, now=now
        )


def _address(occasion: Occasion) -> str:
    return address_of(occasion.pairing.person(occasion.side).member)
