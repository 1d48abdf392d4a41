"""What an admin chooses for a program's matching, before and after it is saved."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import Any, Self

from mentoring.matching.enums import Aim
from mentoring.matching.models import Recipe
from mentoring.matching.recipes import Settings, default_weights, settings_of
from programs.models import Program


@dataclass(frozen=True, kw_only=True)
class Choices:
    """The fields of a `Recipe`; all weights are given, from 0 to 100."""

    weights: Mapping[str, int]
    aim: Aim
    raises_worst: bool
    minimum_score: int
    common_topic: bool
    common_form: bool
    earlier_pairs_again: bool
    ideal_distance: int

    @classmethod
    def of(cls, program: Program, recipe: Recipe) -> Self:
        """What is saved, with the defaults where nobody has chosen."""
        weights = default_weights(program) | recipe.weights
        known = {each.name: getattr(recipe, each.name) for each in fields(cls)}
        return cls(**known | {"weights": {key: round(value) for key, value in weights.items()}})

    @classmethod
    def in_settings(cls, settings: Settings) -> Self:
        """What a run was told."""
        rules = settings.rules
        return cls(
            weights={key: round(value) for key, value in asdict(settings.weights).items()},
            aim=Aim.PEOPLE if rules.most_people_first else Aim.SCORE,
            raises_worst=rules.raise_worst,
            minimum_score=round(rules.minimum_score),
            common_topic=rules.common_topic,
            common_form=rules.common_form,
            earlier_pairs_again=rules.earlier_pairs_again,
            ideal_distance=rules.ideal_distance,
        )

    def settings(self, program: Program) -> Settings:
        """What a run with these choices is told. Raises BadSettings."""
        return settings_of(program, self.put_into(Recipe(program=program)))

    def put_into(self, recipe: Recipe) -> Recipe:
        """The recipe with these choices, not saved."""
        for each in fields(self):
            setattr(recipe, each.name, getattr(self, each.name))
        return recipe

    @property
    def version(self) -> str:
        """Tells two states of the saved choices apart."""
        return sha256(json.dumps(self.as_facts(), sort_keys=True).encode()).hexdigest()

    def as_facts(self) -> dict[str, Any]:
        """For the audit log: one flat fact for each choice."""
        facts = asdict(self)
        return {f"weight_{key}": value for key, value in facts.pop("weights").items()} | facts
