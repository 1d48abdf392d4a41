"""Two who save at the same moment: on real commits."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from mentoring.matching.choices import Choices
from mentoring.matching.enums import Action
from mentoring.matching.models import Preference, Recipe
from mentoring.matching.operations.preferences import prefer
from mentoring.matching.operations.recipes import ChangedMeanwhile, save_recipe
from mentoring.matching.recipes import WEIGHED, recipe_of
from programs.models import Participant
from tests.factories import create_owner, inside
from tests.matching.people import MENTEE, MENTOR, Place
from tests.pairings.test_races import at_once

pytestmark = pytest.mark.usefixtures("committed_db")


def test_of_two_admins_at_once_one_saves_the_weights_and_one_is_told():
    place = Place()
    program, owner = place.cohort.program, create_owner(place.organization)
    with inside(place.organization):
        Recipe.objects.create(program=program)
        seen = Choices.of(program, recipe_of(program))
    weights = {key: seen.weights[key] for key in WEIGHED}

    def saving(score: int) -> Callable[[], str]:
        def deed() -> str:
            mine = replace(seen, weights=weights, minimum_score=score)
            try:
                save_recipe(program=program, choices=mine, version=seen.version, actor=owner)
            except ChangedMeanwhile:
                return "told"
            return "saved"

        return deed

    assert at_once(place.organization.pk, *map(saving, (31, 32, 33))) == ["saved", "told", "told"]
    with inside(place.organization):
        assert AuditEvent.objects.filter(action=Action.WEIGHTS_CHANGED).count() == 1


def test_of_people_put_on_a_list_at_once_all_have_a_place_of_their_own():
    place = Place()
    leader = place.person(MENTEE, "AI")
    mentors = [place.person(MENTOR, "AI") for _ in range(3)]

    def choosing(partner: Participant) -> Callable[[], str]:
        def deed() -> str:
            prefer(participant=leader, partner_id=partner.pk, now=timezone.now())
            return "listed"

        return deed

    assert at_once(place.organization.pk, *map(choosing, mentors)) == ["listed"] * 3
    with inside(place.organization):
        rows = Preference.objects.filter(chooser=leader).order_by("rank")
        assert list(rows.values_list("rank", flat=True)) == [1, 2, 3]
        assert {each.chosen_id for each in rows} == {each.pk for each in mentors}
