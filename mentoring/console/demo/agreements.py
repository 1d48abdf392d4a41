"""What demo pairs agree on, through the operations that people use."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from mentoring.lib.clock import day_at, zone_named
from mentoring.pairings.enums import LIVE
from mentoring.pairings.models import Agreement, Pairing
from mentoring.pairings.operations.agreements import confirm, propose
from mentoring.pairings.queries.agreements import Terms
from mentoring.tenancy.scope import within
from programs.enums import Cadence, Side
from programs.proposals import months_later

OFFERS = "I show you how I use our tools in a normal week, and tell you what we juniors talk about."
SEEKS = "I would like to understand what slows young colleagues down, and to hear it unpolished."
NEAR = timedelta(days=18)
TICKS = {"understood": True, "read": True}


def agree_in_pairs(pairings: Iterable[Pairing], *, mark: str, now: datetime) -> None:
    """By turns: an agreement in force, and one that waits for the mentor's confirmation.

    The first one ends within weeks. Call it inside the organization's scope and while no member
    is in scope.
    """
    live = [each for each in pairings if each.state in LIVE]
    for number, pairing in enumerate(live):
        near = _today(pairing, now) + NEAR if number == 0 else None
        made = _propose(pairing, Side.MENTEE, mark, now=now, ends_on=near)
        if number % 2 == 0:
            _as(pairing, Side.MENTOR, confirm, version=made.version, now=now)


def agree_until(pairing: Pairing, ends_on: date, *, mark: str, now: datetime) -> None:
    """The mentee proposes that end, the mentor confirms it. Call it like the others."""
    made = _propose(pairing, Side.MENTEE, mark, ends_on=ends_on, now=now)
    _as(pairing, Side.MENTOR, confirm, version=made.version, now=now)


def _propose(
    pairing: Pairing, side: Side, mark: str, *, now: datetime, ends_on: date | None = None
) -> Agreement:
    today = _today(pairing, now)
    terms = Terms(
        cadence=Cadence.MONTHLY,
        minutes=45,
        ends_on=ends_on or months_later(today, pairing.cohort.program.length_months),
        offers=mark + OFFERS,
        seeks=mark + SEEKS,
    )
    made: Agreement = _as(pairing, side, propose, terms=terms, now=now)
    return made


def _today(pairing: Pairing, now: datetime) -> date:
    return day_at(now, zone_named(pairing.cohort.organization.time_zone))


def _as(pairing: Pairing, side: Side, act: Any, **what: Any) -> Any:
    """Do it as that one of the two, who has ticked what there is to tick."""
    with within(pairing.organization_id, member_id=pairing.person(side).member_id):
        return act(pairing=pairing, side=side, **TICKS, **what)
