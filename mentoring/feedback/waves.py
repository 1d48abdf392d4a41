"""When each wave of a pair is asked, and until when it is open (DOMAIN rule 23)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mentoring.feedback.models import Response
from mentoring.feedback.moments import may_answer
from mentoring.lib.clock import day_at
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from programs.enums import Moment
from programs.proposals import months_later

WHILE_A_PAIR = (Moment.BASELINE, Moment.INTRODUCTION, Moment.MIDPOINT)
AFTER_THE_END = (Moment.END, Moment.LATER)

OPEN_FOR = timedelta(days=28)
# In working days: one reminder, and no other.
REPEATS_AFTER = 5
# Who is away is looked for again, as long as it is of use to ask.
LOOKS_AGAIN = timedelta(days=7)
MONTHS_LATER = 6

DAY = timedelta(days=1)
SOON = timedelta(days=28)
# An introduction may be noted late, and a break may lie between.
MEMORABLE = timedelta(days=60)


class Door(StrEnum):
    """Whether somebody can answer now, and why not."""

    OPEN = "open"
    SENT = "sent"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    OFF = "off"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Span:
    """The first day for asking, and the last one on which it still tells what it should."""

    first: date
    last: date


def span_of(
    pairing: Pairing, moment: Moment, *, ends_on: date | None, zone: ZoneInfo
) -> Span | None:
    """When the pair is asked as things stand; None before that can be known.

    ``ends_on`` is the end that counts, and ``zone`` is the organization's.
    """
    began, met, ended = (
        day_at(each, zone) if each else None
        for each in (pairing.began_at, pairing.introduced_at, pairing.ended_at)
    )
    match moment:
        case Moment.BASELINE:
            return Span(began + DAY, began + SOON) if began else None
        case Moment.INTRODUCTION:
            return Span(met + DAY, met + MEMORABLE) if met else None
        case Moment.MIDPOINT:
            return _half_way(met, ends_on) if met and ends_on else None
        case Moment.END:
            return Span(ended + DAY, ended + SOON) if met and ended else None
        case _:
            return _half_a_year_later(ended) if met and ended else None


def closes_at(asked_at: datetime) -> datetime:
    return asked_at + OPEN_FOR


def is_due_sometime(pairing: Pairing, moment: Moment) -> bool:
    """Whether the pair may be asked; who is about to end it is asked at the end instead."""
    if moment in WHILE_A_PAIR and pairing.state == PairingState.CLOSING:
        return False
    return may_answer(pairing, moment)


def rests(pairing: Pairing, moment: Moment) -> bool:
    """Whether the pair has a break, in which it is asked nothing."""
    return moment in WHILE_A_PAIR and pairing.state == PairingState.PAUSED


def is_open(pairing: Pairing, response: Response, *, now: datetime) -> bool:
    """Whether who was asked can answer still. What was begun may be finished after an end."""
    if response.sent_at or not response.asked_at or now >= closes_at(response.asked_at):
        return False
    return response.form_id is not None or may_answer(pairing, Moment(response.moment))


def door_of(
    pairing: Pairing, moment: Moment, response: Response | None, *, now: datetime
) -> Door | None:
    """What somebody finds who has been asked, or cannot be; None while it is still to come."""
    if response and response.sent_at:
        return Door.SENT
    if response and response.asked_at:
        if is_open(pairing, response, now=now):
            return Door.OPEN
        return Door.CLOSED if now >= closes_at(response.asked_at) else Door.OVER
    return None if moment in pairing.cohort.program.waves else Door.OFF


def _half_way(met: date, ends_on: date) -> Span:
    """From the middle on, until half of what is left is over, too."""
    middle = met + (ends_on - met) // 2
    return Span(max(middle, met + DAY), middle + (ends_on - middle) // 2)


def _half_a_year_later(ended: date) -> Span:
    first = months_later(ended, MONTHS_LATER)
    return Span(first, first + MEMORABLE)
