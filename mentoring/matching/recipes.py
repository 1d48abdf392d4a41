"""From a program and its recipe to the engine's rules and weights, and to JSON and back."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple, get_type_hints

from mentoring.matching.engine.settings import Direction, Rules, Weights
from mentoring.matching.enums import Aim
from mentoring.matching.models import Recipe
from programs.enums import Kind
from programs.models import Program

WEIGHED = tuple(asdict(Weights()))
DIRECTIONS: dict[Kind, Direction] = {
    Kind.REVERSE: "mentee above",
    Kind.TRADITIONAL: "mentor above",
    Kind.MUTUAL: "either",
}
# What the program says, and no run may have otherwise.
OF_THE_PROGRAM = ("direction", "gap", "other_department", "common_language")
MOST = 100


class BadSettings(ValueError):
    """Weights or rules that the engine could not work with; the message says which."""


class Supposed(NamedTuple):
    """A wish about a pair of participants that nobody has saved, to see what it would do."""

    mentor: str
    mentee: str
    wanted: str


@dataclass(frozen=True)
class Settings:
    """All that a run is told besides the people; ``supposed`` is for trials."""

    rules: Rules
    weights: Weights
    supposed: Supposed | None = None

    @property
    def weighs_words(self) -> bool:
        """Whether it matters what people wrote."""
        return self.weights.text > 0

    def as_json(self) -> dict[str, Any]:
        """What `Run.settings` holds."""
        stored: dict[str, Any] = {"rules": asdict(self.rules), "weights": asdict(self.weights)}
        return stored | {"supposed": self.supposed} if self.supposed else stored


def recipe_of(program: Program) -> Recipe:
    """The program's recipe, or an unsaved one with the defaults."""
    return Recipe.objects.filter(program=program).first() or Recipe(program=program)


def default_weights(program: Program) -> dict[str, float]:
    """Shares by feature, where nobody has chosen others."""
    weights: dict[str, float] = asdict(Weights())
    if not program.prefers_other_location:
        weights["location"] = 0.0
    return weights


def settings_of(program: Program, recipe: Recipe) -> Settings:
    """What a run of this program is told. Raises BadSettings."""
    rules = Rules(
        direction=DIRECTIONS[Kind(program.kind)],
        gap=program.grade_gap,
        other_department=program.other_department,
        common_language=program.common_language,
        ideal_distance=recipe.ideal_distance,
        common_topic=recipe.common_topic,
        common_form=recipe.common_form,
        earlier_pairs_again=recipe.earlier_pairs_again,
        minimum_score=float(recipe.minimum_score),
        most_people_first=recipe.aim == Aim.PEOPLE,
        raise_worst=recipe.raises_worst,
    )
    return _checked(rules, {**default_weights(program), **_weighed(recipe.weights)})


def from_json(stored: Mapping[str, Any]) -> Settings:
    """What `Settings.as_json` wrote. Raises BadSettings."""
    try:
        rules = {name: stored["rules"][name] for name in get_type_hints(Rules)}
        weights = {name: stored["weights"][name] for name in get_type_hints(Weights)}
    except (KeyError, TypeError) as error:
        raise BadSettings(f"The stored settings lack {error}.") from error
    supposed = Supposed(*stored["supposed"]) if "supposed" in stored else None
    return replace(_checked(Rules(**rules), weights), supposed=supposed)


def rules_changed(program: Program, settings: Settings) -> bool:
    """Whether the program asks for something else by now than when the run was started."""
    now = settings_of(program, Recipe(program=program)).rules
    return any(getattr(now, name) != getattr(settings.rules, name) for name in OF_THE_PROGRAM)


def _weighed(weights: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(weights) - set(WEIGHED)
    if unknown:
        raise BadSettings(f"There is nothing to weigh by {', '.join(sorted(unknown))}.")
    return dict(weights)


def _checked(rules: Rules, weights: Mapping[str, Any]) -> Settings:
    for name, value in weights.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or not 0 <= value <= MOST:
            raise BadSettings(f"The weight of {name} is not a number from 0 to {MOST}.")
    if not any(weights.values()):
        raise BadSettings("At least one weight must be above zero.")
    if not 0 <= rules.minimum_score <= MOST or (rules.direction != "either" and rules.gap < 1):
        raise BadSettings("The least score or the gap in seniority is out of range.")
    return Settings(rules, Weights(**{name: float(value) for name, value in weights.items()}))
