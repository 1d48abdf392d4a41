"""Saving how a program matches."""

from django.db import transaction

from accounts.models import Member
from accounts.operations.audit import record
from mentoring.matching.choices import Choices
from mentoring.matching.enums import Action
from mentoring.matching.models import Recipe
from mentoring.matching.recipes import WEIGHED
from programs.models import Program


class ChangedMeanwhile(Exception):
    """Somebody else saved others since the person began to move sliders."""

    def __init__(self, current: Choices) -> None:
        super().__init__(current)
        self.current = current


@transaction.atomic
def save_recipe(*, program: Program, choices: Choices, version: str, actor: Member) -> Recipe:
    """Keep the choices for all cohorts of the program; runs that were started stay as they are.

    ``version`` is the one of the choices that the person started from. Raises BadSettings or
    ChangedMeanwhile.
    """
    choices.settings(program)
    Recipe.objects.get_or_create(organization_id=program.organization_id, program=program)
    recipe: Recipe = Recipe.objects.select_for_update().get(program=program)
    current = Choices.of(program, recipe)
    if current.version != version:
        raise ChangedMeanwhile(current)
    before = current.as_facts()
    weights = {key: choices.weights[key] for key in WEIGHED}
    choices.put_into(recipe).weights = weights
    recipe.save()
    after = Choices.of(program, recipe).as_facts()
    changed = {key: [before[key], value] for key, value in after.items() if before[key] != value}
    if changed:
        record(
            actor=actor,
            action=Action.WEIGHTS_CHANGED,
            subject_id=program.pk,
            subject_name=str(program),
            details=changed,
        )
    return recipe
