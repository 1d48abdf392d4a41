"""One line of the board on which those who run a cohort see how its pairs fare."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from urllib.parse import quote

from django.utils.translation import gettext as _

from accounts.models import Member
from mentoring.meetings.advice import advice_on, askers_of, standing_of
from mentoring.meetings.queries.health import Need
from mentoring.pairings.wishes import A_HAND
from programs.enums import Side
from programs.post import address_of


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to write to people, with nothing in it yet."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who asks for a hand, on that side, since then."""

    member: Member
    side: Side
    since: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of `queries.health.pairs_of`, what to do about it, and whom to write to."""

    pair: Any
    advice: str
    standing: str
    contacts: list[Contact]
    askings: list[Asking]
    calls_for_others: bool

    @classmethod
    def of(cls, pair: Any) -> Self:
        return cls(
            pair,
            advice_on(pair),
            standing_of(pair),
            _contacts(pair),
            _askings(pair),
            Need(pair.needs).calls_for_others,
        )


def _contacts(pair: Any) -> list[Contact]:
    """Each of those who ask in confidence alone, else both together."""
    askers = askers_of(pair)
    if not askers:
        return [Contact(_("Write to both"), _mail_to(pair, *Side))]
    text = _("Write to %(name)s")
    return [
        Contact(text % {"name": pair.person(side).member}, _mail_to(pair, side)) for side in askers
    ]


def _mail_to(pair: Any, *sides: Side) -> str:
    return "mailto:" + ",".join(quote(address_of(pair.person(side).member)) for side in sides)


def _askings(pair: Any) -> list[Asking]:
    if pair.needs != Need.HELP:
        return []
    asked = [(side, A_HAND.asked_at(pair, side)) for side in askers_of(pair)]
    return [Asking(pair.person(side).member, side, since) for side, since in asked if since]
