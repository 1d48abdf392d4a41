"""What people wrote, as directions, and what it does to a plan."""

import subprocess
import sys

import numpy as np
import pytest
from django.utils import timezone

from mentoring.matching.assembling.texts import WIDTH, directions, rarities
from mentoring.matching.enums import Purpose
from mentoring.matching.models import Recipe, RunPair
from mentoring.matching.operations import runs
from mentoring.matching.recipes import settings_of
from mentoring.profiles.models import Profile, TopicChoice
from tests.factories import inside
from tests.matching.people import MENTEE, MENTOR, Place, work


def alike(one: str, other: str, *more: str) -> float:
    """The cosine between two texts among these."""
    texts = [one, other, *more]
    found = directions(texts, rarities(texts))
    lengths = np.linalg.norm(found[:2], axis=1)
    return float(found[0] @ found[1] / lengths.prod())


def test_texts_with_the_same_words_point_the_same_way_in_any_order():
    assert alike("Machine learning, in production!", "production: in MACHINE learning") > 0.99


def test_endings_do_not_part_words():
    assert alike("An airline's forecasts", "airlines forecast") > 0.99


def test_texts_without_a_common_word_are_far_apart():
    one = "I have trained models for forecasts and know where they fail."
    other = "Gardening, choirs, mountains: nothing about work."

    assert abs(alike(one, other)) < 0.3


def test_a_word_that_everybody_uses_counts_less_than_a_rare_one():
    usual = [f"mentoring with {name}" for name in ("bicycles", "violins", "airships", "ovens")]

    common = alike("mentoring sailing", "mentoring pottery", *usual)
    rare = alike("sailing mentoring", "sailing pottery", *usual)

    assert rare > common


def test_who_writes_nothing_has_no_direction():
    found = directions(["", "   1234 ;-)", "Sailing"], rarities(["Sailing"]))

    assert np.any(found != 0, axis=1).tolist() == [False, False, True]
    assert found.shape == (3, WIDTH)


def test_another_process_finds_the_same_directions():
    text = "Größe, Ethik und Räume"
    code = f"""
from mentoring.matching.assembling.texts import directions, rarities
print(directions([{text!r}], rarities([{text!r}])).tolist())
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == str(directions([text], rarities([text])).tolist())


@pytest.mark.django_db(databases=["default", "cache"])
@pytest.mark.parametrize("weight", [0, 60])
def test_what_people_wrote_decides_when_it_is_given_weight(weight):
    place = Place()
    mentor = place.person(MENTOR, "Data", name="Ada")
    other, alike_to = (place.person(MENTEE, "Data", name=name) for name in ("Ben", "Cleo"))
    with inside(place.organization):
        TopicChoice.objects.filter(member=mentor.member).update(note="Forecasts for airlines")
        Profile.objects.create(member=alike_to.member, about="I run an airline's forecasts.")
        Profile.objects.create(member=other.member, about="I lead the kitchens.")
        Recipe.objects.create(program=place.cohort.program, weights={"text": weight})

    pair = planned(place)

    assert ("text" in pair.parts) == bool(weight)
    if weight:
        assert pair.mentee_id == alike_to.pk


def planned(place: Place) -> RunPair:
    with inside(place.organization):
        run = runs.start(
            cohort=place.cohort,
            purpose=Purpose.PLAN,
            settings=settings_of(place.cohort.program, Recipe.objects.get()),
            actor=None,
            now=timezone.now(),
        )
    work(run)
    with inside(place.organization):
        return RunPair.objects.get()
