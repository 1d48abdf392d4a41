"""Where the matching of a cohort starts: who takes part, what is short, what was done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import AuditEvent
from mentoring.matching.enums import Action, Purpose, RunState
from mentoring.matching.models import Run
from programs.enums import CohortState, ParticipantState
from tests.factories import create_member, create_owner, inside, login, url
from tests.matching.people import MENTEE, MENTOR, send, work
from tests.matching.studio.steps import SAVEPOINTS, ask_to_publish, create_studio

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
SOON = timezone.now().date() + timedelta(days=10)


def shown(response) -> str:
    return " ".join(response.text.split())


def test_the_page_counts_places_and_topics_of_those_who_can_be_matched(client):
    studio = create_studio()
    studio.place.person(MENTEE, "Topic 0", name="Third", capacity=3)
    studio.place.person(MENTEE, "Topic 0", name="Away", paused_until=SOON)
    login(client, studio.admin)

    text = shown(client.get(studio.url("cohort_matching")))

    assert "2 mentors with 2 places, 3 mentees with 5 places can be matched." in text
    assert "There are too few mentors" in text
    assert "2 seek it, 1 places" in text
    assert text.index("Topic 0") < text.index("Everything")


def test_everybody_who_cannot_be_matched_is_named_with_the_reason_and_what_helps(client):
    studio = create_studio()
    place = studio.place
    place.person(MENTOR, "Topic 0", name="Paula Paused", paused_until=SOON)
    place.person(MENTOR, "Topic 0", name="Lea Leave", person={"on_leave": True})
    place.person(MENTOR, "Topic 0", name="Gus Gradeless", person={"grade": None})
    place.person(MENTEE, name="Tom Topicless")
    place.person(MENTEE, "Topic 0", name="Pia Pending", state=ParticipantState.PENDING)
    place.person(MENTEE, "Topic 0", name="Dan Draft", state=ParticipantState.DRAFT)
    login(client, studio.admin)

    start = shown(client.get(studio.url("cohort_matching")))
    text = shown(client.get(studio.url("cohort_matching_left_out")))

    assert start.count("1 person<") == 5
    for name, words in (
        ("Paula Paused", "Has paused"),
        ("Lea Leave", "Is on leave"),
        ("Gus Gradeless", "Has no grade"),
        ("Tom Topicless", "Names no topic"),
        ("Pia Pending", "Waits for approval"),
    ):
        row = text[text.index(name) :]
        assert words in row[: row.index("</tr>")]
    assert "Give a grade: Gus Gradeless" in text
    assert "Dan Draft" not in text


def test_the_list_of_those_left_out_narrows_by_reason_and_costs_the_same_at_any_length(
    client, django_assert_num_queries
):
    studio = create_studio()
    studio.place.person(MENTOR, "Topic 0", name="Paula Paused", paused_until=SOON)
    login(client, studio.admin)
    address = studio.url("cohort_matching_left_out")
    client.get(address)

    with django_assert_num_queries(SAVEPOINTS + 9):
        client.get(address)
    for at in range(30):
        studio.place.person(MENTEE, name=f"Tom {at}")
    with django_assert_num_queries(SAVEPOINTS + 9):
        client.get(address)

    narrowed = client.get(f"{address}?why=paused").text
    assert "Paula Paused" in narrowed
    assert "Tom 1" not in narrowed


def test_the_next_step_follows_from_where_the_matching_stands(client):
    studio = create_studio()
    login(client, studio.admin)
    address = studio.url("cohort_matching")

    assert "Find the best pairs" in client.get(address).text
    client.post(studio.url("cohort_matching_start"))
    assert "See how far it is" in client.get(address).text
    work(studio.newest(Purpose.PLAN))
    assert "Go through the plan" in client.get(address).text


def test_starting_giving_up_and_publishing_are_noted_in_words(client):
    studio = create_studio()
    owner = create_owner(studio.place.organization)
    login(client, studio.admin)
    for _ in range(2):
        client.post(studio.url("cohort_matching_start"))
        canceled = studio.newest(Purpose.PLAN)
        client.post(studio.url("cohort_matching_cancel", canceled.pk))
    client.post(studio.url("cohort_matching_start"))
    run = work(studio.newest(Purpose.PLAN))
    send(ask_to_publish(studio, run))

    with inside(studio.place.organization):
        noted = list(
            AuditEvent.objects.filter(action__startswith="plan.")
            .order_by("at", "pk")
            .values_list("action", "actor_name")
        )
    both = [(Action.PLAN_STARTED, "Ida Admin"), (Action.PLAN_CANCELED, "Ida Admin")]
    assert noted == [*both, *both, both[0], (Action.PLAN_PUBLISHED, "Ida Admin")]
    log = login(client, owner).get(url(owner, "audit_log")).text
    assert "Plan of a cohort canceled" in log


def test_while_people_enroll_there_is_no_plan_but_weights_can_be_tried(client):
    studio = create_studio(state=CohortState.ENROLLING)
    login(client, studio.admin)

    assert "Try weights" in client.get(studio.url("cohort_matching")).text
    answer = client.post(studio.url("cohort_matching_start"), follow=True)

    assert "A plan can be made once enrollment is closed." in answer.text
    with inside(studio.place.organization):
        assert Run.objects.count() == 0


def test_a_draft_has_nothing_to_match(client):
    studio = create_studio(state=CohortState.DRAFT)
    login(client, studio.admin)

    assert "Nothing to match at the moment" in client.get(studio.url("cohort_matching")).text


def test_two_admins_who_start_at_once_see_the_same_plan(client):
    studio = create_studio()
    login(client, studio.admin)
    first = client.post(studio.url("cohort_matching_start"))

    second = client.post(studio.url("cohort_matching_start"))

    assert second.url == first.url
    with inside(studio.place.organization):
        assert Run.objects.plans().count() == 1


def test_earlier_plans_stay_in_the_list(client, django_assert_num_queries):
    studio = create_studio()
    login(client, studio.admin)
    address = studio.url("cohort_matching")
    studio.plan()
    client.get(address)

    with django_assert_num_queries(SAVEPOINTS + 17):
        assert client.get(address).text.count('data-label="Weakest"') == 1
    for _ in range(11):
        studio.plan()
    with django_assert_num_queries(SAVEPOINTS + 17):
        assert client.get(address).text.count('data-label="Weakest"') == 10


def test_a_run_shows_how_far_it_is_and_can_be_canceled(client):
    studio = create_studio()
    login(client, studio.admin)
    run_url = client.post(studio.url("cohort_matching_start")).url
    run = studio.newest(Purpose.PLAN)

    assert "Waiting for a worker" in client.get(run_url).text
    part = client.get(run_url, headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<section class="card card-plain" id="progress"')
    client.post(studio.url("cohort_matching_cancel", run.pk))

    assert "This run was canceled" in client.get(run_url).text
    assert studio.newest(Purpose.PLAN).state == RunState.CANCELED


def test_a_run_that_has_ended_makes_the_page_load_anew(client):
    studio = create_studio()
    run = studio.plan()
    login(client, studio.admin)

    part = client.get(studio.url("cohort_matching_run", run.pk), headers={"HX-Request": "true"})

    assert part.headers["HX-Refresh"] == "true"


def test_a_result_says_what_is_proven_and_how_stable_it_is(client):
    studio = create_studio()
    run = studio.plan()
    login(client, studio.admin)

    text = shown(client.get(studio.url("cohort_matching_run", run.pk)))

    assert "checked against all 4 possible pairs." in text
    assert "Nobody would rather swap" in text
    assert "The same people and settings give the same plan every time." in text


def test_a_run_that_failed_says_why(client):
    studio = create_studio()
    with inside(studio.place.organization):
        for each in studio.mentors:
            each.state = ParticipantState.WITHDRAWN
            each.save()
    run = studio.plan()
    login(client, studio.admin)

    text = client.get(studio.url("cohort_matching_run", run.pk)).text

    assert "There is nobody to match on one of the two sides." in text


@pytest.mark.parametrize("view", ["cohort_matching", "cohort_matching_weights"])
def test_analysts_and_members_do_not_run_a_matching(client, view):
    studio = create_studio()
    analyst = create_member(studio.place.organization, roles=[Role.HR_ANALYST])
    for person in (analyst, studio.mentors[0].member):
        login(client, person)
        assert client.get(studio.url(view)).status_code == 403


def test_a_run_of_another_cohort_is_the_same_as_none(client):
    studio, other = create_studio(), create_studio()
    elsewhere = create_studio()
    runs = [other.plan(), elsewhere.plan()]
    login(client, studio.admin)

    for run in runs:
        for view in ("cohort_matching_run", "cohort_matching_pairs", "cohort_matching_rest"):
            assert client.get(studio.url(view, run.pk)).status_code == 404
