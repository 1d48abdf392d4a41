"""``manage.py match`` and the check of a kept answer: on real commits."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from mentoring.matching.enums import RunState
from mentoring.matching.models import Run, RunData, RunPair, RunRest
from mentoring.matching.running.packing import (
    packed,
    packed_certificate,
    unpacked,
    unpacked_certificate,
)
from programs.enums import CohortState
from tests.factories import create_organization, inside
from tests.matching.people import MENTEE, MENTOR, Place, start, work


@pytest.fixture
def place(committed_db):
    found = Place(create_organization(slug="acme"), name="Zoë's spring")
    for number in range(4):
        found.person(MENTOR, "AI", "Law", name=f"Mentor {number}", department="Lab")
        found.person(MENTEE, "AI", name=f"Mentee {number}", department="Board")
    found.person(MENTEE, "Chess", name="Lone O'Hara", department="Board")
    return found


def run(*arguments: str) -> str:
    told = StringIO()
    call_command("match", *arguments, stdout=told)
    return told.getvalue()


def counts(place: Place) -> list[int]:
    with inside(place.organization):
        return [model.objects.count() for model in (Run, RunData, RunPair, RunRest)]


def test_the_command_makes_a_plan_as_the_pages_do(place):
    told = json.loads(run("zoë's Spring", "--json"))

    with inside(place.organization):
        made = Run.objects.get()
    assert (made.state, made.started_by, made.matched) == (RunState.DONE, None, 4)
    with inside(place.organization):
        event = AuditEvent.objects.get(action="plan.started")
    assert (event.actor, event.subject_id) == (None, made.pk)
    assert told["run"] == str(made.pk)
    assert {name: told[name] for name in ("mentors", "mentees", "pairs", "unmatched")} == {
        "mentors": 4,
        "mentees": 5,
        "pairs": 4,
        "unmatched": {"mentor": {}, "mentee": {"nobody": 1}},
    }
    assert told["mean_score"] == round(made.total_score / 40_000, 2)


def test_a_dry_run_says_the_same_and_writes_nothing(place):
    key = str(place.cohort.pk)
    tried = json.loads(run(key, "--json", "--dry-run"))
    assert counts(place) == [0, 0, 0, 0]

    planned = json.loads(run(key, "--json"))

    assert {**planned, "run": None} == tried


def test_the_report_names_nobody(place):
    told = run(str(place.cohort.pk), "--dry-run")

    assert "Without a partner, mentee: 1. Nobody on the other side fits." in told
    assert "Pairs: 4" in told
    assert "O'Hara" not in told


def test_what_cannot_be_matched_is_refused_in_words(place):
    with pytest.raises(CommandError, match="No organization has the address “nowhere”"):
        run("spring", "--organization", "nowhere")
    with pytest.raises(CommandError, match="No cohort is called “autumn”"):
        run("autumn")
    other = Place(create_organization(slug="other"))
    with pytest.raises(CommandError, match="No cohort is called"):
        run(str(other.cohort.pk), "--organization", "acme")
    with pytest.raises(CommandError, match="There is nobody to match"):
        run(str(other.cohort.pk))
    over = Place(create_organization(slug="third"), state=CohortState.CLOSED)
    with pytest.raises(CommandError, match="The cohort is not being matched"):
        run(str(over.cohort.pk))
    start(place.cohort)
    with pytest.raises(CommandError, match="being made already"):
        run(str(place.cohort.pk))


def test_a_name_that_two_organizations_use_needs_the_address_too(place):
    Place(create_organization(slug="other"), name="Zoë's spring")

    with pytest.raises(CommandError, match="More than one cohort is called “Zoë's spring”"):
        run("Zoë's spring", "--dry-run")
    told = run("Zoë's spring", "--dry-run", "--organization", "acme")

    assert "Pairs: 4" in told


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda pair, _other: {"score": pair.score + 1}, "The scores of 1 pairs"),
        (lambda pair, _other: {"parts": {**pair.parts, "hours": 1}}, "The scores of 1 pairs"),
        (lambda _pair, other: {"mentor_id": other.mentor_id}, "was changed after it was sealed"),
    ],
)
def test_a_doctored_pair_is_found(place, change, found):
    made = work(start(place.cohort))
    key = str(place.cohort.pk)
    assert "The plan is proven" in run(key, "--verify", str(made.pk))
    with inside(place.organization):
        pair, other = RunPair.objects.order_by("pk")[:2]
        RunPair.objects.filter(pk=pair.pk).update(**change(pair, other))

    with pytest.raises(CommandError, match=found):
        run(key, "--verify", str(made.pk))


@pytest.mark.parametrize(("side", "by"), [("u", 1), ("u", -1), ("v", 1), ("v", -1)])
def test_a_doctored_price_is_found(place, side, by):
    made = work(start(place.cohort))
    with inside(place.organization):
        proof = unpacked_certificate(RunData.objects.get().certificate)
        prices = getattr(proof, side).copy()
        prices[0] += by
        forged = replace(proof, **{side: prices})
        RunData.objects.update(certificate=packed_certificate(forged))

    with pytest.raises(CommandError, match="was changed after it was sealed"):
        run(str(place.cohort.pk), "--verify", str(made.pk))


def test_other_people_and_other_rules_than_were_asked_about_are_found(place):
    made = work(start(place.cohort))
    key = str(place.cohort.pk)
    with inside(place.organization):
        question = unpacked(RunData.objects.get().inputs)
        question.arrays.mentees.grade[0] += 1
        inputs = packed(question)
        settings = {**made.settings, "rules": {**made.settings["rules"], "gap": 1}}
    for model, change in ((RunData, {"inputs": inputs}), (Run, {"settings": settings})):
        with inside(place.organization):
            before = model.objects.values(*change).get()
            model.objects.update(**change)
        with pytest.raises(CommandError, match="belongs to another question"):
            run(key, "--verify", str(made.pk))
        with inside(place.organization):
            model.objects.update(**before)

    assert "The plan is proven" in run(key, "--verify", str(made.pk))


@pytest.mark.parametrize("kept", ["inputs", "certificate", "settings"])
def test_damaged_bytes_are_said_in_words(place, kept):
    made = work(start(place.cohort))
    with inside(place.organization):
        data = RunData.objects.get()
        if kept == "settings":
            Run.objects.update(settings={"rules": {}})
        else:
            whole = bytes(getattr(data, kept))
            RunData.objects.update(**{kept: whole[: len(whole) // 2]})

    with pytest.raises(CommandError, match="What was kept of the run is damaged"):
        run(str(place.cohort.pk), "--verify", str(made.pk))


def test_a_pair_that_vanished_and_doctored_totals_are_found(place):
    made = work(start(place.cohort))
    key = str(place.cohort.pk)
    with inside(place.organization):
        Run.objects.update(total_score=made.total_score + 1)
    with pytest.raises(CommandError, match="The totals are not the ones of the pairs"):
        run(key, "--verify", str(made.pk))
    with inside(place.organization):
        RunPair.objects.order_by("pk").first().delete()
    with pytest.raises(CommandError, match="sealed"):
        run(key, "--verify", str(made.pk))


def test_only_runs_of_the_cohort_are_verified(place):
    other = Place(place.organization)
    made = work(start(place.cohort))
    for key in (str(made.pk), "nonsense"):
        with pytest.raises(CommandError, match="no such run"):
            run(str(other.cohort.pk), "--verify", key)
