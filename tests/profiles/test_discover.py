"""Finding each other: who is shown to whom, and what of them."""

from datetime import timedelta

import pytest

from accounts.models import Department, Location
from programs.enums import CohortState, ParticipantState, Side
from tests.factories import create_member, create_organization, inside, login, url
from tests.profiles.people import TODAY, create_cohort, create_grade, create_topics, take_part

pytestmark = pytest.mark.django_db


def shown(client, member, **query) -> list[str]:
    """The names in the list, in its order."""
    text = login(client, member).get(url(member, "discover"), query).text.split("<main")[1]
    names = [part.split("<")[0] for part in text.split('class="person-name">')[1:]]
    return [name.strip() for name in names]


def a_round(**cohort):
    organization = create_organization()
    return organization, create_cohort(organization, **cohort)


def test_each_side_sees_the_other_and_shared_topics_come_first(client):
    organization, cohort = a_round()
    ai, video = create_topics(organization, "AI tools", "Short videos")
    ada = take_part(cohort, Side.MENTOR, topics=[ai], name="Ada")
    take_part(cohort, Side.MENTOR, topics=[video], name="Ben")
    take_part(cohort, Side.MENTEE, topics=[video], name="Carl")
    dora = take_part(cohort, Side.MENTEE, topics=[video, ai], name="Dora")

    assert shown(client, ada.member) == ["Dora", "Carl"]
    assert shown(client, dora.member) == ["Ada", "Ben"]
    page = login(client, ada.member).get(url(ada.member, "discover"))
    assert "You both: AI tools" in page.text


def test_only_leaders_who_opted_in_are_found(client):
    _, cohort = a_round()
    ada = take_part(cohort, Side.MENTOR, name="Ada")
    take_part(cohort, Side.MENTEE, name="Shy", is_findable=False)
    take_part(cohort, Side.MENTEE, name="Open")

    assert shown(client, ada.member) == ["Open"]


def test_a_mentor_who_waits_to_be_asked_is_found_and_a_hidden_one_is_not(client):
    _, cohort = a_round()
    leader = take_part(cohort, Side.MENTEE)
    take_part(cohort, Side.MENTOR, name="Waits", is_findable=False, waits_to_be_asked=True)
    take_part(cohort, Side.MENTOR, name="Hidden", is_findable=False)

    assert shown(client, leader.member) == ["Waits"]


@pytest.mark.parametrize(
    "fields",
    [
        {"paused_until": TODAY + timedelta(days=5)},
        {"person": {"on_leave": True}},
        {"person": {"deactivated_at": "2026-01-01T00:00Z"}},
        {"state": ParticipantState.PENDING},
        {"state": ParticipantState.WITHDRAWN},
        {"state": ParticipantState.DRAFT},
    ],
    ids=["paused", "on leave", "gone", "pending", "withdrawn", "draft"],
)
def test_who_is_not_there_is_not_shown(client, fields):
    _, cohort = a_round()
    ada = take_part(cohort, Side.MENTOR)
    take_part(cohort, Side.MENTEE, name="Away", **fields)

    assert shown(client, ada.member) == []


def test_a_pause_that_is_over_hides_nobody(client):
    _, cohort = a_round()
    ada = take_part(cohort, Side.MENTOR)
    take_part(cohort, Side.MENTEE, name="Back", paused_until=TODAY)

    assert shown(client, ada.member) == ["Back"]


def test_nobody_above_below_or_next_to_oneself_is_shown(client):
    organization, cohort = a_round()
    top = create_member(organization, name="Top")
    boss = create_member(organization, name="Boss", manager=top)
    ada = take_part(cohort, Side.MENTOR, name="Ada", person={"manager": boss})
    twin = create_member(organization, name="Twin", manager=boss)
    below = create_member(organization, name="Below", manager=ada.member)
    far_below = create_member(organization, name="Far below", manager=below)
    for person in (top, boss, twin, below, far_below):
        take_part(cohort, Side.MENTEE, member=person)
    take_part(cohort, Side.MENTEE, name="Elsewhere")

    assert shown(client, ada.member) == ["Elsewhere"]
    assert shown(client, top) == []


def test_in_a_reverse_program_only_people_far_enough_away_are_shown(client):
    organization, cohort = a_round(program={"kind": "reverse", "grade_gap": 2})
    grades = [create_grade(organization, f"G{rank}", rank) for rank in range(1, 5)]
    ada = take_part(cohort, Side.MENTOR, name="Ada", person={"grade": grades[0]})
    take_part(cohort, Side.MENTEE, name="Near", person={"grade": grades[1]})
    chief = take_part(cohort, Side.MENTEE, name="Chief", person={"grade": grades[3]})
    take_part(cohort, Side.MENTEE, name="Nobody knows")

    assert shown(client, ada.member) == ["Chief", "Nobody knows"]
    assert shown(client, chief.member) == ["Ada"]


def test_the_own_department_is_left_out_where_the_program_wants_others(client):
    organization, cohort = a_round(program={"other_department": True})
    loose = create_cohort(organization, program={"other_department": False})
    with inside(organization):
        sales = Department.objects.create(name="Sales")
    for each in (cohort, loose):
        ada = take_part(each, Side.MENTOR, person={"department": sales})
        take_part(each, Side.MENTEE, name="Near", person={"department": sales})
        expected = [] if each == cohort else ["Near"]
        assert shown(client, ada.member) == expected


def test_grades_are_shown_only_where_the_program_says_so(client):
    organization, cohort = a_round(program={"shows_grades": False})
    open_one = create_cohort(organization, program={"shows_grades": True})
    grade = create_grade(organization, "Executive", 9)
    for each in (cohort, open_one):
        ada = take_part(each, Side.MENTOR)
        take_part(each, Side.MENTEE, name="Chief", person={"grade": grade})
        text = login(client, ada.member).get(url(ada.member, "discover")).text
        assert ("Executive" in text) == (each == open_one)


def test_filters_narrow_by_topic_family_language_form_and_location(client):
    organization, cohort = a_round(program={"common_language": False})
    ai, video = create_topics(organization, "AI tools", "Short videos")
    with inside(organization):
        oslo = Location.objects.create(name="Oslo")
    ada = take_part(cohort, Side.MENTOR)
    take_part(cohort, Side.MENTEE, name="Ai", topics=[ai], person={"languages": ["de"]})
    take_part(cohort, Side.MENTEE, name="Bo", topics=[video], meeting_form="phone")
    take_part(cohort, Side.MENTEE, name="Cy", meeting_form="video", person={"location": oslo})

    assert shown(client, ada.member, topic=ai.pk) == ["Ai"]
    assert shown(client, ada.member, family=ai.family_id) == ["Ai", "Bo"]
    assert shown(client, ada.member, language="de") == ["Ai"]
    assert shown(client, ada.member, form="video") == ["Ai", "Cy"]
    assert shown(client, ada.member, location=oslo.pk) == ["Cy"]
    assert shown(client, ada.member, q="bo") == ["Bo"]


def test_without_an_approved_enrollment_there_is_nobody_and_a_way_on(client):
    _, cohort = a_round()
    take_part(cohort, Side.MENTEE, name="Open")
    waiting = take_part(cohort, Side.MENTOR, state=ParticipantState.PENDING)

    page = login(client, waiting.member).get(url(waiting.member, "discover"))

    assert "First take part, then discover" in page.text
    assert "Open" not in page.text.split("<main")[1]


def test_other_cohorts_and_organizations_stay_apart(client):
    organization, cohort = a_round()
    ada = take_part(cohort, Side.MENTOR)
    take_part(create_cohort(organization), Side.MENTEE, name="Other round")
    take_part(create_cohort(create_organization()), Side.MENTEE, name="Other house")
    over = create_cohort(organization, state=CohortState.CLOSED)
    take_part(over, Side.MENTOR, member=ada.member)
    take_part(over, Side.MENTEE, name="Long ago")

    assert shown(client, ada.member) == []


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    organization, cohort = a_round()
    topics = create_topics(organization, "AI tools", "Short videos")
    ada = take_part(cohort, Side.MENTOR, topics=topics)
    for number in range(count):
        take_part(cohort, Side.MENTEE, topics=topics[: number % 2 + 1], name=f"Leader {number}")
    login(client, ada.member)
    client.get(url(ada.member, "own_profile"))  # the session is known from now on

    with django_assert_num_queries(19):
        page = client.get(url(ada.member, "discover"))

    assert page.text.split("<main")[1].count('class="person-name"') == min(count, 25)
