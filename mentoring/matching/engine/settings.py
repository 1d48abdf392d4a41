"""Rules and weights of a program, and what each weight is called."""

from dataclasses import dataclass, fields
from typing import Literal, NamedTuple

VERSION = "1"  # goes up when the same question may get another answer
POINT = 10_000  # units of one score point
FULL = 100 * POINT  # all weights together
MOST_CHOICES = 5

Direction = Literal["mentee above", "mentor above", "either"]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What a pair must keep to, and which answer is wanted."""

    direction: Direction = "mentee above"  # reverse; traditional is "mentor above"
    gap: int = 2
    ideal_distance: int = 3
    other_department: bool = True
    common_language: bool = True
    common_topic: bool = True
    common_form: bool = False
    earlier_pairs_again: bool = False
    minimum_score: float = 20.0
    most_people_first: bool = True
    raise_worst: bool = False
    raise_worst_may_cost: float = 0.005  # of the total
    bonus_for_proposed: float = 2.0
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class Weights:
    """How much each feature counts; only the proportions matter."""

    topics: float = 40
    seniority: float = 10
    department: float = 5
    location: float = 5
    hours: float = 15
    languages: float = 5
    form: float = 5
    choices: float = 15
    text: float = 0


class Feature(NamedTuple):
    """A weight in plain words."""

    key: str
    name: str
    meaning: str


FEATURES = (
    Feature("topics", "Topics", "The mentor offers what the mentee wants to learn."),
    Feature("seniority", "Seniority", "The distance in grade is close to the ideal one."),
    Feature("department", "Department", "The two work in different departments."),
    Feature("location", "Location", "The two work at different locations."),
    Feature("hours", "Working hours", "Enough of the working day is shared."),
    Feature("languages", "Languages", "Each speaks the other's first language."),
    Feature("form", "Form of meeting", "Both like to meet in the same form."),
    Feature("choices", "Own choices", "One asked for the other, or both did."),
    Feature("text", "Own words", "What the two wrote is alike."),
)
KEYS = tuple(feature.key for feature in FEATURES)


def units(weights: Weights) -> dict[str, int]:
    """Whole units per feature that add up to FULL, by largest remainder."""
    given = {each.name: float(getattr(weights, each.name)) for each in fields(weights)}
    total = sum(given.values())
    exact = {key: value * FULL / total for key, value in given.items()}
    whole = {key: int(value) for key, value in exact.items()}
    rest = FULL - sum(whole.values())
    by_remainder = sorted(exact, key=lambda key: (whole[key] - exact[key], key))
    for key in by_remainder[:rest]:
        whole[key] += 1
    return whole


def floor_units(rules: Rules) -> int:
    """The least score of an allowed pair."""
    return max(1, round(rules.minimum_score * POINT))
