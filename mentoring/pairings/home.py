"""The home of somebody who takes part: one next step on top, then each pair as a card.

Modules and higher floors register what they know of steps and of pairs when ready.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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

    10 accept, 15 was a meeting held, 20 introduce, 30 confirm an agreement, 35 write one down,
    37 read what is to be published, 40 plan the next meeting, 50 prepare it.
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


type Find = Callable[[Member, Sequence[Card], datetime], Iterable[Step]]
type Tell = Callable[[Sequence[Card], datetime], Mapping[UUID, Iterable[Fact]]]

# Asked once for all cards of a member; each costs few queries.
finders = Contributions[Find]()
tellers = Contributions[Tell]()


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A pair with what there is to say about it."""

    card: Card
    facts: list[Fact]


def home_section(member: Member, now: datetime) -> Section | None:
    """Nothing for somebody without pairs and proposals, who reads how to find some instead."""
    overview = overview_of(member, now=now)
    known = [*overview.answers, *overview.pairs]
    if not known:
        return None
    steps = [step for find in finders for step in find(member, known, now)]
    context = {
        "step": min(steps, key=lambda step: step.urgency, default=None),
        "pairs": _with_facts(overview.pairs, now=now),
    }
    return Section("pairings/_home.html", HOME, context)


def answers_waiting(member: Member, cards: Sequence[Card], now: datetime) -> Iterator[Step]:
    """Proposals and requests come first: somebody waits."""
    for card in cards:
        if card.phase == Phase.ANSWER:
            text = _("You could become a pair. Have a look, and say yes or “not now”.")
            url = reverse("pair", args=[member.organization.slug, card.pairing.pk])
            title = _("%(name)s: your answer is awaited") % {"name": card.partner.member}
            yield Step(10, title, text, url, _("Look and answer"))


def _with_facts(cards: Sequence[Card], *, now: datetime) -> list[CardFacts]:
    told = [tell(cards, now) for tell in tellers]
    return [
        CardFacts(
            card,
            sorted(
                (fact for facts in told for fact in facts.get(card.pairing.pk, ())),
                key=lambda fact: fact.position,
            ),
        )
        for card in cards
    ]


finders.register(answers_waiting)
