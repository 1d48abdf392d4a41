"""Where a pair stands that is about to end, as one of the two reads it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F

from mentoring.pairings.enums import EndReason, PairingState
from mentoring.pairings.models import Closing, Pairing
from mentoring.pairings.queries.agreements import rhythm_of
from mentoring.pairings.queries.mails import today_here
from mentoring.pairings.queries.pairs import Card

# So long the other one has time to answer.
PATIENCE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Farewell:
    """``reason`` is what the partner was told; ``may_end_alone`` is for the one who began it."""

    closing: Closing
    reason: EndReason | None
    is_mine: bool
    may_end_alone: bool


def may_close(pairing: Pairing) -> bool:
    """Whether the two have something to end: they have met, and do not close already."""
    at_work = pairing.state in (PairingState.ACTIVE, PairingState.PAUSED)
    return at_work and pairing.introduced_at is not None


def open_closing_of(pairing: Pairing) -> Closing | None:
    found: Closing | None = Closing.objects.open().filter(pairing=pairing).first()
    return found


def closings_of(pairings: Collection[UUID]) -> dict[UUID, Closing]:
    """The open ones, by pairing. One query, none without pairings."""
    if not pairings:
        return {}
    rows = Closing.objects.open().filter(pairing__in=list(pairings))
    return {each.pairing_id: each for each in rows}


def farewell_of(card: Card, *, now: datetime) -> Farewell | None:
    """Ask as one of the two; three queries, none while the pair does not close."""
    if card.pairing.state != PairingState.CLOSING:
        return None
    rows = Closing.objects.open().annotate(told=F("reasons__reason"))
    closing = rows.filter(pairing=card.pairing).first()
    if closing is None:
        return None
    told: str | None = getattr(closing, "told", None)
    is_mine = closing.by == card.side
    alone = is_mine and may_end_alone(card.pairing, closing, today=today_here(now), now=now)
    return Farewell(closing, EndReason(told) if told else None, is_mine, alone)


def may_end_alone(pairing: Pairing, closing: Closing, *, today: date, now: datetime) -> bool:
    """Whether the time that the two had in mind is over and the other one has not answered."""
    return is_over(pairing, today=today) and closing.began_at <= now - PATIENCE


def is_over(pairing: Pairing, *, today: date) -> bool:
    """Whether the end that the two had in mind has come."""
    ends_on = rhythm_of([pairing])[pairing.pk].ends_on
    return ends_on is not None and today >= ends_on
