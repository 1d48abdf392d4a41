"""What may be told of two groups. Pure: given who is in them and what became of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mentoring.reports.careers.groups import Answers, Material, sides_of
from mentoring.reports.careers.intervals import Interval, effective_size, standardized, wilson
from mentoring.reports.careers.measures import LEAST, Measure
from mentoring.reports.enums import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

# A handful could be told apart by whoever knows the others.
HANDFUL = 5
TOO_EARLY = "too_early"
REASONS: dict[str, "Text"] = {
    TOO_EARLY: _("Too early: the first pairs must be seven months old"),
    **{each.value: each.label for each in Refusal},
}
# Shares are told in whole percents: the weights of a more exact one could be solved for people.
PLACES = 2


@dataclass(frozen=True, slots=True)
class Group:
    """A share of so many people with its interval; never a share alone."""

    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups beside each other, or why they are not shown."""

    measure: Measure
    participants: Group | None = None
    others: Group | None = None
    refusal: str = ""

    @property
    def reason(self) -> "Text":
        """Why it is not shown, for readers."""
        return REASONS[self.refusal] if self.refusal else ""


@dataclass(frozen=True, slots=True)
class Members:
    """Who is in the two groups."""

    participants: frozenset[UUID]
    others: frozenset[UUID]


def group_members(measure: Measure, material: Material) -> Members:
    """Whose answers the two shares are made of: what a ledger has to know."""
    sides = sides_of(measure, material)
    return Members(frozenset(sides.participants.weights), frozenset(sides.others.weights))


def compare(measure: Measure, material: Material) -> Comparison:
    """The comparison as far as its sizes alone allow it.

    A ledger that knows what was told before may still refuse it.
    """
    if not material.clocks:
        return Comparison(measure, refusal=TOO_EARLY)
    sides = sides_of(measure, material)
    if any(_is_too_few(each) for each in (sides.participants, sides.others)):
        return Comparison(measure, refusal=Refusal.TOO_FEW)
    return Comparison(measure, _plain(sides.participants), _weighted(sides.others))


def _is_too_few(answers: Answers) -> bool:
    """Whether there are few people, or a few of them would stand out."""
    worth = round(effective_size(answers.weights.values()), 6)
    parts = (answers.yes, answers.no, answers.missing)
    return min(len(answers.weights), worth) < LEAST or any(
        0 < len(part) < HANDFUL for part in parts
    )


def _plain(answers: Answers) -> Group:
    n = len(answers.weights)
    share = len(answers.yes) / n
    return _group(n, share, wilson(share, n))


def _weighted(answers: Answers) -> Group:
    return _group(len(answers.weights), *standardized(answers.parts))


def _group(n: int, share: float, interval: Interval) -> Group:
    return Group(n, *(round(each, PLACES) for each in (share, interval.low, interval.high)))
