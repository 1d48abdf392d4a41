"""What has been between two people, newest first: meetings, agreements, goals, commitments.

Modules and higher floors tell what they know when ready; each gives its latest few, so that a
page costs the same however much there was.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from mentoring.lib.contributions import Contributions, Section
from mentoring.pairings.enums import PairingState
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import in_force_of
from mentoring.pairings.queries.pairs import Card

POSITION = 60
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; ``tone`` and ``icon`` are those of the timeline component.

    With a ``view`` and a ``key`` a ``link`` leads to more.
    """

    at: datetime
    title: str
    icon: str = "circle"
    tone: str = "neutral"
    link: str = ""
    view: str = ""
    key: UUID | None = None


type Tell = Callable[[Card], Iterable[Event]]

# Asked about a pair as one of the two may see it; one query each.
tellers = Contributions[Tell]()


def timeline_section(card: Card, now: datetime) -> Section | None:
    """The latest of what has been."""
    told = [event for tell in tellers for event in tell(card)]
    latest = sorted(told, key=lambda event: event.at, reverse=True)[:SHOWN]
    return Section("pairings/_timeline.html", POSITION, {"events": latest}) if latest else None


def tell_of_pair(card: Card) -> Iterable[Event]:
    """How it began, and what the two agreed."""
    yield from _began_and_ended(card.pairing)
    for agreement in in_force_of(card.pairing, most=SHOWN):
        if agreement.in_force_at:
            title = _("You agreed how you work together")
            if agreement.version > 1:
                title = _("You changed your agreement")
            yield Event(agreement.in_force_at, title, "handshake", "accent")


def _began_and_ended(pairing: Pairing) -> Iterable[Event]:
    if pairing.began_at:
        yield Event(pairing.began_at, _("You both said yes"), "sprout", "accent")
    if pairing.resumed_at:
        yield Event(pairing.resumed_at, _("You went on after a break"), "sprout")
    if pairing.ended_at:
        completed = pairing.state in (PairingState.COMPLETED, PairingState.CLOSED_EARLY)
        title = _("You completed your time as a pair") if completed else _("The pair ended")
        icon, tone = ("handshake", "accent") if completed else ("circle", "neutral")
        yield Event(pairing.ended_at, title, icon, tone)


tellers.register(tell_of_pair)
