"""The short list of people whom somebody would like to work with; it is theirs alone."""

import pytest
from django.utils import timezone

from accounts.enums import Role
from mentoring.matching.models import Preference, RunPair
from mentoring.pairings.models import Pairing
from programs.operations.enrollment import withdraw
from tests.factories import create_member, inside, login, url
from tests.matching.people import MENTEE, MENTOR, Place, start, work

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def leader(place):
    """A mentee for whom four mentors fit equally well."""
    for name in ("Ann", "Bob", "Cyd", "Dan"):
        place.person(MENTOR, "AI", name=name, department="Lab")
    return place.person(MENTEE, "AI", name="Lea", department="Board")


def people(place) -> dict:
    with inside(place.organization):
        rows = place.cohort.participants.select_related("member")
        return {str(each.member): each for each in rows}


def change(client, place, mine, what, partner, *, by=None):
    address = url(place.organization, "preference_change", mine.pk)
    data = {"do": what, "partner": getattr(partner, "pk", partner)}
    return login(client, by or mine.member).post(address, data, follow=True)


def listed(place, mine) -> list[str]:
    with inside(place.organization):
        rows = Preference.objects.filter(chooser=mine).order_by("rank")
        assert [each.rank for each in rows] == list(range(1, len(rows) + 1))
        return [str(each.chosen.member) for each in rows]


def test_the_list_has_an_order_that_can_be_changed_and_three_places(client, place, leader):
    found = people(place)
    for name in ("Ann", "Bob", "Bob"):
        change(client, place, leader, "add", found[name])
    answer = change(client, place, leader, "add", found["Cyd"])
    assert "On your list. Only you see it." in answer.text
    assert "Put on my list" not in answer.text
    full = change(client, place, leader, "add", found["Dan"])
    assert "Your list is full. Take somebody off it first." in full.text
    assert listed(place, leader) == ["Ann", "Bob", "Cyd"]

    change(client, place, leader, "up", found["Cyd"])
    change(client, place, leader, "up", found["Ann"])
    assert listed(place, leader) == ["Ann", "Cyd", "Bob"]
    answer = change(client, place, leader, "remove", found["Ann"])
    assert "Taken off your list." in answer.text
    assert listed(place, leader) == ["Cyd", "Bob"]
    assert change(client, place, leader, "up", found["Ann"]).status_code == 404


def test_what_one_puts_on_a_list_leaves_the_lists_of_others_alone(client, place, leader):
    found = people(place)
    other = place.person(MENTEE, "AI", name="Lou", department="Board")
    change(client, place, leader, "add", found["Ann"])
    change(client, place, other, "add", found["Bob"])
    change(client, place, other, "add", found["Ann"])
    change(client, place, other, "up", found["Ann"])

    assert (listed(place, leader), listed(place, other)) == (["Ann"], ["Ann", "Bob"])


def test_only_who_can_be_found_is_put_on_the_list(client, place, leader):
    hidden = place.person(MENTOR, "AI", name="Hid", is_findable=False)
    other = Place(place.organization).person(MENTOR, name="Far")
    for partner in (hidden, other, leader):
        assert change(client, place, leader, "add", partner).status_code == 404
    assert change(client, place, leader, "add", "nobody").status_code == 400
    assert listed(place, leader) == []


def test_nobody_changes_or_sees_the_list_of_somebody_else(client, place, leader):
    ann = people(place)["Ann"]
    admin = create_member(place.organization, name="Ida", roles=[Role.OWNER])
    before = login(client, ann.member).get(url(place.organization, "suggestions")).text
    for who in (ann.member, admin):
        assert change(client, place, leader, "add", ann, by=who).status_code == 404
    change(client, place, leader, "add", ann)

    after = login(client, ann.member).get(url(place.organization, "suggestions")).text
    assert after.split("<main")[1].count("Lea") == before.split("<main")[1].count("Lea")
    assert "would like to work with" not in after
    person = url(place.organization, "cohort_person", place.cohort.pk, leader.pk)
    assert "Ann" not in login(client, admin).get(person).text.split("<main")[1]


def test_among_equals_the_list_decides_in_the_plan(client, place, leader):
    for name in ("Dan", "Bob"):
        change(client, place, leader, "add", people(place)[name])
        run = work(start(place.cohort))
        with inside(place.organization):
            (pair,) = RunPair.objects.filter(run=run).select_related("mentor__member")
        assert str(pair.mentor.member) == "Dan"
        assert pair.parts["choices"] > 0


@pytest.mark.parametrize("who", ["chooser", "chosen"])
def test_who_takes_part_no_more_is_on_no_list(client, place, leader, who):
    found = people(place)
    for name in ("Ann", "Bob"):
        change(client, place, leader, "add", found[name])
    with inside(place.organization):
        withdraw(participant=leader if who == "chooser" else found["Ann"], now=timezone.now())
        assert Preference.objects.count() == (0 if who == "chooser" else 1)
        assert Pairing.objects.count() == 0
    if who == "chosen":
        change(client, place, leader, "add", found["Cyd"])
        assert listed(place, leader) == ["Bob", "Cyd"]
