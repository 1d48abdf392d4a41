"""The home of somebody who takes part: one next step on top, then each pair as a card.

Modules and higher floors register what they know of steps and of pairs when ready.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from mentoring.lib.contributions import Contributions, Section
from mentoring.pairings.enums import Phase
from mentoring.pairings.queries.pairs import Card, overview_of

HOME = 10


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next; the lowest ``urgency`` is shown.

    5 a concern needs another reader, 10 accept, 15 was a meeting held, 20 introduce, 30 confirm
    an agreement, 32 agree to an end, 34 read feedback, 35 write an agreement down, 36 give
    feedback, 37 read what is to be published, 38 check in, 40 plan the next meeting, 42 answer
    the program, 44 the agreed end has passed, 46 it comes near, 50 prepare the next meeting.
    """

    urgency: int
    title: str
    text: str
    url: str
    action: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A line about a pair on its card: a text, or a moment."""

    position: int
    label: str
    text: str = ""
    at: datetime | date | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What there is to do, and what to say about each pair, by its key."""

    steps: list[Step] = field(default_factory=list)
    facts: Mapping[UUID, Iterable[Fact]] = field(default_factory=dict)


type Look = Callable[[Member, Sequence[Card], datetime], News]

# Asked once for all cards of a member that wait, live or ended lately; each costs few queries.
lookers = Contributions[Look]()


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A pair with what there is to say about it."""

    card: Card
    facts: list[Fact]


def home_section(member: Member, now: datetime) -> Section | None:
    """Nothing for somebody without pairs and proposals, who reads how to find some instead."""
    overview = overview_of(member, now=now)
    known = [*overview.answers, *overview.pairs, *overview.ended_lately(now=now)]
    if not known:
        return None
    news = [look(member, known, now) for look in lookers]
    steps = [step for each in news for step in each.steps]
    context = {
        "step": min(steps, key=lambda step: step.urgency, default=None),
        "pairs": [CardFacts(card, _facts_of(card, news)) for card in overview.pairs],
    }
    return Section("pairings/_home.html", HOME, context)


def answers_waiting(member: Member, cards: Sequence[Card], now: datetime) -> News:
    """Proposals and requests come first: somebody waits."""
    return News([_answer(member, card) for card in cards if card.phase == Phase.ANSWER])


def _answer(member: Member, card: Card) -> Step:
    text = _("You could become a pair. Have a look, and say yes or “not now”.")
    url = reverse("pair", args=[member.organization.slug, card.pairing.pk])
    title = _("%(name)s: your answer is awaited") % {"name": card.partner.member}
    return Step(10, title, text, url, _("Look and answer"))


def _facts_of(card: Card, news: Iterable[News]) -> list[Fact]:
    facts = (fact for each in news for fact in each.facts.get(card.pairing.pk, ()))
    return sorted(facts, key=lambda fact: fact.position)


lookers.register(answers_waiting)
