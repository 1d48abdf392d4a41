"""Whom people are suggested to ask, in which order, and what they may read about it."""

import pytest

from accounts.models import Location
from mentoring.matching.enums import Wanted
from mentoring.matching.models import Recipe
from mentoring.pairings.enums import PairingState
from mentoring.profiles.models import Profile
from programs.enums import Kind, MeetingForm, ParticipantState, Side
from tests.factories import create_member, create_organization, inside, login, url
from tests.matching.people import MENTEE, MENTOR, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return Place()


def page(client, member) -> str:
    return login(client, member).get(url(member, "suggestions")).text.split("<main")[1]


def names(client, member) -> list[str]:
    parts = page(client, member).split('class="person-name">')[1:]
    return [part.split("<")[0].strip() for part in parts]


def test_who_fits_best_comes_first_on_both_sides(client, place):
    leader = place.person(MENTEE, "AI", "Law", "Chat", name="Lea", department="Board")
    place.person(MENTOR, "Chat", name="Ann", department="Lab")
    best = place.person(MENTOR, "AI", "Law", name="Bob", department="Lab")
    place.person(MENTOR, "Law", name="Cyd", department="Lab")
    place.person(MENTOR, "Chess", name="Dan", department="Lab")
    place.person(MENTOR, "AI", name="Eve", department="Board")

    assert names(client, leader.member) == ["Bob", "Cyd", "Ann"]
    assert names(client, best.member) == ["Lea"]


def test_the_reasons_are_words_that_both_may_see(client, place):
    with inside(place.organization):
        berlin, rome = (Location.objects.create(name=name) for name in ("Berlin", "Rome"))
    leader = place.person(
        MENTEE,
        "AI",
        "Law",
        name="Lea",
        department="Board",
        languages=["de", "en"],
        meeting_form=MeetingForm.VIDEO,
        person={"location": berlin, "time_zone": "Europe/Berlin"},
    )
    mentor = place.person(
        MENTOR,
        "Law",
        "AI",
        name="O'Neil",
        department="Lab",
        languages=["fr", "en"],
        person={"location": rome, "time_zone": "Europe/Helsinki"},
    )
    with inside(place.organization):
        for who, slots in (
            (leader, ["mon_am", "tue_pm", "fri_am"]),
            (mentor, ["mon_am", "wed_pm"]),
        ):
            Profile.objects.create(member=who.member, availability=slots)

    seen = page(client, leader.member)

    assert "O&#x27;Neil" in seen
    for words in (
        "Knows what you want to learn about: Law, AI",
        "Sees the organization from another side: Lab",
        "Works at another location: Rome",
        "You both speak: English",
        "Times that suit you both: Monday morning",
        "A form of meeting that suits you both: By video",
    ):
        assert words in seen
    assert "Wants to learn what you know about: AI, Law" in page(client, mentor.member)


def test_grades_scores_and_prices_are_never_among_the_words(client, place):
    leader = place.person(MENTEE, "AI", name="Lea")
    place.person(MENTOR, "AI", name="Ann", rank=1)

    seen = page(client, leader.member)

    assert [word for word in ("Grade", "grade", "score", "points", "price") if word in seen] == []
    with inside(place.organization):
        type(place.cohort.program).objects.update(shows_grades=True)
    assert "Grade 1" in page(client, leader.member)


@pytest.mark.parametrize(
    "fields",
    [
        {"is_findable": False},
        {"state": ParticipantState.PENDING},
        {"person": {"on_leave": True}},
        {"rank": 4},
        {"languages": ["fr"]},
    ],
    ids=["hidden", "pending", "on leave", "too close in grade", "no common language"],
)
def test_only_who_may_be_found_and_fits_the_rules_is_suggested(client, place, fields):
    leader = place.person(MENTEE, "AI", name="Lea")
    place.person(MENTOR, "AI", name="Shown")
    place.person(MENTOR, "AI", name="Not shown", **fields)

    assert names(client, leader.member) == ["Shown"]


def test_whom_no_plan_would_pair_for_their_score_is_not_suggested(client, place):
    leader = place.person(MENTEE, "AI", name="Lea")
    place.person(MENTOR, "AI", name="Ann")
    assert names(client, leader.member) == ["Ann"]
    with inside(place.organization):
        Recipe.objects.create(program=place.cohort.program, minimum_score=99)

    assert names(client, leader.member) == []


def test_managers_and_reports_are_not_suggested(client, place):
    leader = place.person(MENTEE, "AI", name="Lea")
    place.person(MENTOR, "AI", name="Report", manager=leader.member)

    assert names(client, leader.member) == []
    assert "Nobody to suggest right now" in page(client, leader.member)


def test_who_has_found_somebody_is_not_suggested_to_others(client, place):
    leader, other = place.person(MENTEE, "AI"), place.person(MENTEE, "AI", name="Other")
    taken, free = place.person(MENTOR, "AI", name="Taken"), place.person(MENTOR, "AI", name="Free")
    place.pairing(taken, other, PairingState.ACTIVE)

    assert names(client, leader.member) == [free.member.name]
    assert "You have a partner for each of your places" in page(client, other.member)


def test_a_proposal_that_the_reader_has_not_heard_of_changes_nothing(client, place):
    leader, mentor = place.person(MENTEE, "AI"), place.person(MENTOR, "AI", name="Ann")
    before = names(client, mentor.member)
    place.pairing(mentor, leader, PairingState.DECLINED)

    assert names(client, mentor.member) == before == [leader.member.name]


def test_own_requests_that_came_to_nothing_and_own_pairs_are_not_suggested_again(client, place):
    leader = place.person(MENTEE, "AI", capacity=5)
    asked, past, other = (place.person(MENTOR, "AI", name=name) for name in ("Ann", "Bob", "Cyd"))
    place.pairing(asked, leader, PairingState.DECLINED, requested_by=Side.MENTEE)
    place.pairing(past, leader, PairingState.COMPLETED, began_at=place.cohort.created_at)

    assert names(client, leader.member) == [other.member.name]
    with inside(place.organization):
        Recipe.objects.create(program=place.cohort.program, earlier_pairs_again=True)
    assert set(names(client, leader.member)) == {"Bob", "Cyd"}


def test_whom_an_admin_keeps_apart_are_not_suggested_to_each_other(client, place):
    leader, mentor = place.person(MENTEE, "AI"), place.person(MENTOR, "AI")
    place.wish(mentor, leader, Wanted.FORBID)

    assert (names(client, leader.member), names(client, mentor.member)) == ([], [])


def test_without_a_rule_on_seniority_nobody_needs_a_grade(client):
    place = Place(program={"kind": Kind.MUTUAL})
    one = place.person(MENTEE, "AI", person={"grade": None})
    place.person(MENTOR, "AI", name="Ann", person={"grade": None})

    assert names(client, one.member) == ["Ann"]


def test_who_takes_no_part_is_shown_the_way(client):
    stranger = create_member(create_organization())

    assert "First take part, then see who fits" in page(client, stranger)


def test_nobody_of_another_organization_or_round_is_suggested(client, place):
    leader = place.person(MENTEE, "AI")
    for other in (Place(), Place(place.organization)):
        other.topics.update(place.topics if other.organization == place.organization else {})
        other.person(MENTOR, "AI", name="Stranger")

    assert names(client, leader.member) == []


@pytest.mark.parametrize("size", [1, 60])
def test_suggestions_cost_the_same_however_many_fit(client, place, django_assert_num_queries, size):
    leader = place.person(MENTEE, "AI")
    for _ in range(size):
        place.person(MENTOR, "AI")
    address = url(leader.member, "suggestions")
    login(client, leader.member).get(address)

    with django_assert_num_queries(22):
        answer = client.get(address)

    main = answer.text.split("<main")[1]
    assert main.count('class="person-name"') == min(size, 12)
