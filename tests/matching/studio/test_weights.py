"""Sliders, and a look at what other weights would do before anything is kept."""

import pytest

from accounts.models import AuditEvent
from mentoring.matching.enums import Action, Purpose
from mentoring.matching.models import Recipe, Run
from tests.factories import inside, login, url
from tests.matching.people import Place, start, work
from tests.matching.studio.steps import create_studio
from tests.programs.pages import fields_of

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
HTMX = {"HX-Request": "true"}


def recipes(studio) -> list[Recipe]:
    with inside(studio.place.organization):
        return list(Recipe.objects.all())


def test_saving_keeps_the_weights_for_the_program_and_writes_down_what_changed(client):
    studio = create_studio()
    login(client, studio.admin)
    address = studio.url("cohort_matching_weights")
    fields = fields_of(client.get(address))
    del fields["raises_worst"]

    answer = client.post(
        address, {**fields, "weight_hours": "70", "minimum_score": "35", "do": "save"}, follow=True
    )

    assert "Saved for all cohorts of" in answer.text
    (recipe,) = recipes(studio)
    assert recipe.program_id == studio.cohort.program_id
    assert (recipe.weights["hours"], recipe.minimum_score, recipe.raises_worst) == (70, 35, False)
    with inside(studio.place.organization):
        event = AuditEvent.objects.get(action=Action.WEIGHTS_CHANGED)
    assert event.details == {
        "weight_hours": [15, 70],
        "minimum_score": [20, 35],
        "raises_worst": [True, False],
    }


def test_of_two_admins_who_save_at_once_the_second_is_told_and_decides(client):
    studio = create_studio()
    login(client, studio.admin)
    address = studio.url("cohort_matching_weights")
    mine = theirs = fields_of(client.get(address))
    client.post(address, {**theirs, "weight_hours": "70", "do": "save"})

    late = client.post(address, {**mine, "weight_hours": "40", "do": "save"})

    assert "Somebody else changed these settings while you were editing" in late.text
    assert 'value="40"' in late.text
    assert [each.weights["hours"] for each in recipes(studio)] == [70]
    client.post(address, {**fields_of(late), "do": "save"})
    assert [each.weights["hours"] for each in recipes(studio)] == [40]


def test_a_slider_starts_a_trial_and_keeps_nothing(client):
    studio = create_studio()
    studio.plan()
    login(client, studio.admin)
    address = studio.url("cohort_matching_weights")
    fields = fields_of(client.get(address))

    part = client.post(address, {**fields, "weight_hours": "70"}, headers=HTMX)
    trial = studio.newest(Purpose.TRIAL)

    assert part.text.lstrip().startswith('<section id="what-if"')
    assert studio.url("cohort_matching_trial", trial.pk) in part.text
    waiting = client.get(studio.url("cohort_matching_trial", trial.pk), headers=HTMX)
    assert "Waiting for a worker" in waiting.text
    assert studio.url("cohort_matching_trial", trial.pk) in waiting.text
    assert trial.settings["weights"]["hours"] == 70
    assert recipes(studio) == []


def test_a_trial_tells_who_would_have_other_partners(client):
    studio = create_studio()
    place = studio.place
    plan = studio.plan()
    place.wish(studio.mentors[0], studio.mentees[0], "forbid")
    login(client, studio.admin)
    address = studio.url("cohort_matching_weights")
    client.post(address, fields_of(client.get(address)), headers=HTMX)
    trial = work(studio.newest(Purpose.TRIAL))

    text = client.get(studio.url("cohort_matching_trial", trial.pk), headers=HTMX).text

    assert studio.together(plan) != studio.together(trial)
    assert "2 people would have other partners:" in text
    row = text[text.index("<strong>Mentee 0") :]
    assert row.index("Mentor 0") < row.index("Mentor 1")


def test_without_javascript_a_trial_has_an_address_of_its_own(client):
    studio = create_studio()
    login(client, studio.admin)
    address = studio.url("cohort_matching_weights")
    fields = fields_of(client.get(address))

    answer = client.post(address, {**fields, "weight_hours": "70", "do": "try"})
    trial = work(studio.newest(Purpose.TRIAL))

    assert answer.url == f"{address}?trial={trial.pk}"
    page = client.get(answer.url)
    assert fields_of(page)["weight_hours"] == ["70"]
    assert "There is no plan yet to compare with." in page.text


@pytest.mark.parametrize("bad", [{"weight_hours": "101"}, {"weight_hours": "much"}, {"aim": "?"}])
def test_what_has_no_meaning_is_neither_saved_nor_tried(client, bad):
    studio = create_studio()
    login(client, studio.admin)
    address = studio.url("cohort_matching_weights")
    fields = fields_of(client.get(address))

    for do in ("save", "try"):
        assert client.post(address, {**fields, **bad, "do": do}).status_code == 200

    with inside(studio.place.organization):
        assert (Recipe.objects.count(), Run.objects.count()) == (0, 0)


def test_at_least_one_weight_counts(client):
    studio = create_studio()
    login(client, studio.admin)
    address = studio.url("cohort_matching_weights")
    fields = fields_of(client.get(address))
    nothing = {name: "0" for name in fields if name.startswith("weight_")}

    answer = client.post(address, {**fields, **nothing, "do": "save"})

    assert "At least one weight must be above zero." in answer.text
    assert recipes(studio) == []


def test_a_plan_is_no_trial(client):
    studio = create_studio()
    plan = studio.plan()
    login(client, studio.admin)

    assert client.get(studio.url("cohort_matching_trial", plan.pk)).status_code == 404


def test_a_trial_is_shown_with_its_own_cohort_only(client):
    studio = create_studio()
    near = Place(studio.place.organization)
    trial = start(studio.cohort, Purpose.TRIAL)
    login(client, studio.admin)

    shown = []
    for cohort in (studio.cohort, near.cohort):
        address = url(near.organization, "cohort_matching_weights", cohort.pk)
        shown.append('id="trial"' in client.get(address, {"trial": trial.pk}).text)

    assert shown == [True, False]
