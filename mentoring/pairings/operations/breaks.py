"""A break of a pair: either begins it, either ends it, and nothing is counted meanwhile."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.mornings import Mornings
from mentoring.lib.clock import day_at, zone_named
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.deadlines import LONGEST_BREAK, REMINDER_LASTS
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Break, Pairing
from mentoring.pairings.operations.countdown import count_down
from mentoring.pairings.operations.drift import watch
from mentoring.pairings.operations.introductions import put_off_introduction
from mentoring.pairings.operations.lifecycle import end_breaks, locked_live
from mentoring.pairings.operations.returning import remind_again
from mentoring.pairings.queries.places import live_pairs_with
from mentoring.pairings.signals import rhythms_changed
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Side
from programs.models import Participant
from programs.post import address_of

PAUSED = "pairings.paused"
BREAK_OVER = "pairings.break_over"
PARTNER_AWAY = "pairings.partner_away"


class CannotPause(Exception):
    """The pair has ended, is about to, or is not one yet."""


class BadDay(Exception):
    """A break ends on a day ahead, within half a year."""


def occasion_of(until: date | None, since: datetime) -> str:
    """Names a break by its day, if it has one, and by a moment: another one may end then, too."""
    return f"{until or ''}/{since.isoformat()}"


def told_in(occasion: str) -> tuple[date | None, datetime | None]:
    """The two again. What was planned before there was a moment names only the day."""
    until, _at, since = occasion.partition("/")
    return (
        date.fromisoformat(until) if until else None,
        datetime.fromisoformat(since) if since else None,
    )


@transaction.atomic
def pause(*, pairing: Pairing, side: Side, until: date, now: datetime) -> Pairing:
    """Begin a break, or move the end of one. The other is told, without a reason.

    Raises CannotPause or BadDay.
    """
    found = locked_live(pairing)
    if not found or found.state == PairingState.CLOSING:
        raise CannotPause
    mornings = Mornings.here()
    today = day_at(now, zone_named(mornings.organization.time_zone))
    if not today < until <= today + LONGEST_BREAK:
        raise BadDay
    if found.state == PairingState.PAUSED and found.paused_until == until:
        return found
    rest, _ = Break.objects.get_or_create(pairing=found, ended_at=None, defaults={"began_at": now})
    found.state, found.paused_until = PairingState.PAUSED, until
    found.save(update_fields=["state", "paused_until"])
    _tell(found, side, mornings, began_at=rest.began_at, now=now)
    rhythms_changed.send(sender=Pairing, keys=[found.pk], now=now)
    return found


@transaction.atomic
def resume(*, pairing: Pairing, now: datetime) -> bool:
    """Go on; the rhythm counts from now, and a first meeting is due as much later.

    Return whether there was a break.
    """
    rows = Pairing.objects.filter(pk=pairing.pk, state=PairingState.PAUSED)
    found = rows.with_people().locked().first()
    if not found:
        return False
    known = Break.objects.open().filter(pairing=found).first()
    has_met = found.introduced_at is not None
    found.state = PairingState.ACTIVE if has_met else PairingState.INTRODUCTORY
    end_breaks([found.pk], now=now)
    found.paused_until, found.resumed_at = None, now
    found.save(update_fields=["state", "paused_until", "resumed_at"])
    watch([found], now=now)
    count_down([found], now=now)
    if known and not has_met:
        put_off_introduction(found, since=known.began_at, now=now)
    remind_again([found], now=now)
    return True


def tell_partners_of(participants: Collection[UUID], *, now: datetime) -> None:
    """Tell the partners of people who have a break from everything, without a reason."""
    _tell_partners_of(participants, lambda person: person.paused_until, now=now)


def tell_of_leaves(participants: Collection[UUID], *, now: datetime) -> None:
    """Tell the partners of people who have gone on leave: a break without a day or a reason."""
    _tell_partners_of(participants, lambda _person: None, now=now)


def _tell_partners_of(
    participants: Collection[UUID],
    day_for: Callable[[Participant], date | None],
    *,
    now: datetime,
) -> None:
    wanted = [
        (
            address_of(pairing.person(other).member),
            pairing.pk,
            f"{other}@{occasion_of(day_for(pairing.person(side)), now)}",
        )
        for pairing in live_pairs_with(participants)
        for side, other in OTHER_SIDE.items()
        if pairing.person(side).pk in participants
    ]
    enqueue_all(kind=PARTNER_AWAY, wanted=wanted, due_at=now)


def _tell(
    pairing: Pairing, side: Side, mornings: Mornings, *, began_at: datetime, now: datetime
) -> None:
    """Tell the other now, and ask both that morning whether they go on."""
    until = pairing.paused_until
    if until is None:
        return
    other = OTHER_SIDE[side]
    occasion = f"{other}@{occasion_of(until, now)}"
    wanted = [(address_of(pairing.person(other).member), pairing.pk, occasion)]
    enqueue_all(kind=PAUSED, wanted=wanted, due_at=now)
    for each in Side:
        member = pairing.person(each).member
        message = (address_of(member), pairing.pk, f"{each}@{occasion_of(until, began_at)}")
        morning = mornings.on(until, member)
        ends_at = morning.at + REMINDER_LASTS
        enqueue_all(kind=BREAK_OVER, wanted=[message], due_at=morning, expires_at=ends_at, now=now)
