"""Scores and counts of a run as people read them: in points, out of a hundred."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from mentoring.matching.engine.settings import POINT, Weights, units
from mentoring.matching.enums import RunState
from mentoring.matching.models import Run
from mentoring.matching.queries.runs import mean_score
from mentoring.matching.recipes import WEIGHED
from mentoring.matching.words import BONUS, FEATURES, Name

TONES = {
    RunState.QUEUED: "info",
    RunState.RUNNING: "info",
    RunState.DONE: "success",
    RunState.PUBLISHED: "accent",
    RunState.FAILED: "danger",
    RunState.CANCELED: "neutral",
}


def points(score: float) -> int:
    """Whole points."""
    return round(score / POINT)


@dataclass(frozen=True, slots=True)
class Figures:
    """How a plan came out."""

    pairs: int
    mentees: int
    mentees_matched: int
    mentors: int
    mentors_matched: int
    mean: int
    worst: int


def figures_of(run: Run) -> Figures:
    reasons = run.facts.get("reasons", {})
    left = {side: sum(reasons.get(side, {}).values()) for side in ("mentee", "mentor")}
    return Figures(
        pairs=run.matched,
        mentees=run.mentees,
        mentees_matched=run.mentees - left["mentee"],
        mentors=run.mentors,
        mentors_matched=run.mentors - left["mentor"],
        mean=points(mean_score(run)),
        worst=points(run.worst_score),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """What one feature gives a pair; ``share`` is in hundredths of what it could give."""

    name: Promise
    meaning: Promise
    points: float
    most: float
    share: int

    @property
    def rest(self) -> int:
        """What is missing to a full bar."""
        return 100 - self.share


def parts_of(parts: Mapping[str, int], weights: Mapping[str, Any]) -> list[Part]:
    """A bar for every feature that counts, in the engine's order."""
    most = units(Weights(**weights))
    found = [_part(FEATURES[key], parts.get(key, 0), most[key]) for key in WEIGHED if most.get(key)]
    if bonus := parts.get("bonus"):
        found.append(_part(BONUS, bonus, bonus))
    return found


def _part(name: Name, given: int, most: int) -> Part:
    share = round(100 * given / most)
    return Part(name.name, name.meaning, round(given / POINT, 1), round(most / POINT, 1), share)


@dataclass(frozen=True, slots=True)
class Difference:
    """One plan against another: positive is more than before."""

    pairs: int
    mean: int
    worst: int


def difference(before: Figures, after: Figures) -> Difference:
    return Difference(
        after.pairs - before.pairs, after.mean - before.mean, after.worst - before.worst
    )
