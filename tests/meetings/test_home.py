"""The home of who takes part: one next step on top, and each pair as a card."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from programs.enums import Side
from tests.factories import create_member, inside, login, url
from tests.meetings.people import create_pair, held, plan, send
from tests.meetings.reaching import create_large_cohort, move, write
from tests.meetings.test_logs import ago, create_old_pair, planned_for_yesterday
from tests.pairings.agreeing import agree as agree_on_terms
from tests.pairings.agreeing import confirm, propose
from tests.pairings.people import answer, ask, create_round, days, main_of, today
from tests.profiles.people import create_topics, take_part

pytestmark = pytest.mark.django_db


def home(client, member) -> str:
    return main_of(login(client, member).get(url(member, "organization")))


def step_on(page: str) -> str:
    """The title of the one step."""
    if 'id="next-step"' not in page:
        return ""
    return (
        page.split('id="next-step"')[1].split('class="card-title"')[1].split("</h2>", maxsplit=1)[0]
    )


def test_without_pairs_the_home_is_as_it_was(client):
    member = create_member()
    page = home(client, member)
    assert step_on(page) == ""
    assert "You are in" in page


def test_a_proposal_comes_before_everything(client):
    _ada, carl, pairing = create_pair()
    eve = take_part(pairing.cohort, Side.MENTOR, name="Eve O'Hara")
    with inside(carl.organization_id):
        type(carl).objects.filter(pk=carl.pk).update(capacity=2)
    ask(eve, carl)
    page = home(client, carl.member)
    assert "Eve O&#x27;Hara: your answer is awaited" in step_on(page)
    assert "Ada" in page


def test_the_next_step_follows_the_meetings(client):
    ada, carl, pairing = create_old_pair()
    seen = [step_on(home(client, carl.member))]
    meeting = planned_for_yesterday(pairing, carl)
    seen.append(step_on(home(client, carl.member)))
    send(client, ada, "meeting_held", meeting.pk, {"seen": 0})
    seen.append(step_on(home(client, carl.member)))
    made = propose(pairing, Side.MENTOR)
    seen.append(step_on(home(client, carl.member)))
    confirm(pairing, Side.MENTEE, made.version)
    seen.append(step_on(home(client, carl.member)))
    plan(pairing, by=carl)
    page = home(client, carl.member)

    expected = [
        "Get to know Ada: plan the first meeting",
        "Did you and Ada meet?",
        "Write down what you and Ada agreed",
        "Ada proposes how you work together",
        "Plan the next meeting with Ada",
    ]
    assert [want in got for want, got in zip(expected, seen, strict=True)] == [True] * 5
    assert step_on(page) == ""
    assert "Nothing waits for you." in page


@pytest.mark.parametrize(
    ("away", "step", "fact"),
    [
        ({}, "Get to know Ada: plan the first meeting", "Not planned yet"),
        ({"paused_until": days(-1)}, "Get to know Ada: plan the first meeting", "Not planned yet"),
        ({"paused_until": days(9)}, "", "Ada has a break"),
        ({"on_leave": True}, "", "Ada has a break"),
        ({"state": "paused"}, "", "After your break"),
    ],
)
def test_nobody_is_asked_to_plan_with_somebody_who_is_away(client, away, step, fact):
    ada, carl, pairing = create_pair()
    with inside(pairing.organization_id):
        if until := away.get("paused_until"):
            type(ada).objects.filter(pk=ada.pk).update(paused_until=today() + until)
        type(ada.member).objects.filter(pk=ada.member_id).update(
            on_leave=away.get("on_leave", False)
        )
        type(pairing).objects.filter(pk=pairing.pk).update(state=away.get("state", "introductory"))
    page = home(client, carl.member)
    assert step_on(page).endswith(step)
    assert (step_on(page) != "", fact in page) == (step != "", True)


def test_each_pair_says_who_the_mentor_is_the_focus_and_the_next_meeting(client):
    _ada, carl, pairing = create_pair()
    bare = home(client, carl.member)
    meeting = plan(pairing, by=carl)
    page = home(client, carl.member)

    for text in ("Ada is the mentor.", "AI tools", "Next meeting", "Once a month, 45 minutes"):
        assert text in page
    assert "Not planned yet" in bare
    assert f'datetime="{timezone.localtime(meeting.starts_at).year}' in page


def test_an_ended_pair_is_not_on_it(client):
    ada, carl, pairing = create_pair()
    answer(client, ada, pairing, "step_out")
    page = home(client, carl.member)
    assert "Ada" not in page
    assert step_on(page) == ""


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_many_pairs(client, django_assert_num_queries, count):
    cohort = create_round()
    topics = create_topics(cohort.organization, "AI tools")
    carl = take_part(cohort, Side.MENTEE, name="Carl", topics=topics, capacity=9)
    for number in range(count):
        mentor = take_part(cohort, Side.MENTOR, name=f"Mentor {number}", topics=topics)
        _, _, pairing = create_pair((mentor, carl))
        plan(pairing, by=carl, starts_at=ago(days=-3 - number))
    home(client, carl.member)

    with django_assert_num_queries(22):
        page = client.get(url(carl.member, "organization"))

    assert main_of(page).count("Next meeting") == count


@pytest.mark.parametrize(
    ("left", "title", "text"),
    [
        (29, "Plan the next meeting", ""),
        (28, "Carl: extend, or let it end well", "4 weeks left. Both are good."),
        (3, "Carl: extend, or let it end well", "3 days left. Both are good."),
        (-1, "Carl: the end you had in mind is over", "Nothing has ended by itself."),
    ],
)
def test_the_end_that_was_agreed_is_a_step_in_time(client, left, title, text):
    ada, carl, pairing = create_old_pair()
    ends_on = today() + timedelta(days=left)
    with time_machine.travel(timezone.now() - timedelta(days=60), tick=False):
        agree_on_terms(pairing, ends_on=ends_on)
    held(pairing, by=ada, starts_at=ago(days=1))
    if text:
        plan(pairing, by=carl, starts_at=ago(days=-30))
    page = home(client, ada.member)
    assert title in step_on(page)
    assert text in page


def test_a_wording_that_waits_for_a_yes_is_the_step_of_the_other_side_only(client):
    ada, carl, pairing = create_large_cohort()
    agree_on_terms(pairing)
    plan(pairing, by=carl)
    move(client, carl, write(pairing, by=carl), "propose")

    assert "Carl would like to publish a commitment" in step_on(home(client, ada.member))
    assert "publish" not in step_on(home(client, carl.member))
