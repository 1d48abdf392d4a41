"""The board on which those who run a cohort see how its pairs fare."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.enums import Reach, Role
from mentoring.meetings.queries.health import Look, pairs_of
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.agreements import rhythm_of
from mentoring.pairings.queries.drift import drifts_of
from programs.enums import Cadence, Side
from tests.factories import create_member, create_owner, inside, login, url
from tests.meetings.people import PLACE, create_pair, held, plan, send, typed
from tests.meetings.test_logs import ago, create_old_pair
from tests.pairings.agreeing import OFFERS, SEEKS, agree
from tests.pairings.people import answer, create_round, main_of, today
from tests.pairings.test_closings import begin, let_wait, yes
from tests.pairings.test_stepping_out import others
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db


def board(client, cohort, member=None, **query):
    member = member or create_owner(cohort.organization)
    return login(client, member).get(url(member, "cohort_health", cohort.pk), query)


def change(pairing, **fields):
    with inside(pairing.organization_id):
        Pairing.objects.filter(pk=pairing.pk).update(**fields)


def began(pairing, days: float):
    change(pairing, began_at=timezone.now() - timedelta(days=days))


def test_a_well_pair_needs_nothing_and_says_when_it_meets(client):
    ada, carl, pairing = create_old_pair()
    held(pairing, by=ada, starts_at=ago(days=10))
    plan(pairing, by=carl, place=PLACE)

    page = main_of(board(client, ada.cohort))

    assert "All well" in page
    assert "Ada" in page
    assert "1 meeting<" in page
    for hidden in ("video.example", "AI tools", "I could show you"):
        assert hidden not in page


@pytest.mark.parametrize(
    ("days", "advice"),
    [
        (44, "All well"),
        (46, "All well"),
        (61, "A friendly word to both"),
        (91, "Speak with each: go on, a break, or somebody else?"),
    ],
)
def test_drift_is_seen_from_twice_the_rhythm_on_and_acted_on_from_three_times(client, days, advice):
    ada, _carl, pairing = create_pair()
    change(pairing, state="active", introduction_due_on=None)
    began(pairing, days)
    assert advice in main_of(board(client, ada.cohort))


def test_the_board_agrees_with_the_rule_for_single_pairs(client):
    cohort = create_round()
    now = timezone.now()
    made = []
    for number in range(9):
        mentor = take_part(cohort, Side.MENTOR, name=f"Mentor {number}")
        mentee = take_part(cohort, Side.MENTEE, name=f"Mentee {number}")
        _, _, pairing = create_pair((mentor, mentee))
        made.append(pairing)
        began(pairing, number * 17)
        if number % 3 == 1:
            with inside(cohort.organization):
                people = Pairing.objects.with_people().get(pk=pairing.pk)
            agree(people, cadence=Cadence.FORTNIGHTLY)
        if number % 4 == 2:
            change(pairing, resumed_at=now - timedelta(days=20))
    with inside(cohort.organization):
        single = drifts_of(Pairing.objects.all(), now=now)
        many = {each.pk: each.drift for each in pairs_of(cohort, Look(cohort.pk, now, today()))}
    assert many == {key: int(drift) for key, drift in single.items()}
    assert set(many.values()) == {0, 1, 2, 3}


def test_who_puts_meetings_off_twice_is_named_until_they_meet(client):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada)
    for number in range(2):
        data = typed(ago(days=-9 - number), seen=number)
        send(client, carl, "meeting_move", meeting.pk, data)

    page = main_of(board(client, ada.cohort))
    assert "Ask Carl whether there is enough room for it." in page
    assert "Put off: Carl 2 ×" in page

    send(client, ada, "meeting_log", pairing.pk, typed(ago(hours=2)))
    assert "Put off:" not in main_of(board(client, ada.cohort))


def test_conflicts_late_first_meetings_and_breaks_that_are_over_come_with_advice(client):
    ada, _carl, pairing = create_pair()
    change(pairing, introduction_due_on=today() - timedelta(days=1))
    assert "Ask Carl to propose a first date." in main_of(board(client, ada.cohort))
    change(pairing, state="paused", paused_until=today() - timedelta(days=1))
    assert "The break is over: ask whether they go on." in main_of(board(client, ada.cohort))
    change(pairing, conflict="above")
    page = main_of(board(client, ada.cohort))
    assert "Too close in the hierarchy now" in page
    assert "Somebody else for both" in page
    assert f"mailto:{ada.member.email},".replace("@", "%40") in page


@pytest.mark.parametrize(("over", "is_told"), [(14, False), (15, True)])
def test_two_weeks_after_the_agreed_end_the_board_asks_to_look_after_it(client, over, is_told):
    ada, _carl, pairing = create_old_pair()
    day = today() - timedelta(days=over)
    with time_machine.travel(timezone.now() - timedelta(days=90), tick=False):
        agree(pairing, ends_on=day)
    held(pairing, by=ada, starts_at=ago(days=100))
    page = main_of(board(client, ada.cohort))
    assert ("The end they had in mind is over: ask both" in page) == is_told
    assert ("Somebody else for both" in page) == (not is_told)
    for words in (OFFERS, SEEKS):
        assert words not in page
    change(pairing, state="paused", paused_until=today() + timedelta(days=9))
    assert "The end they had in mind is over" not in main_of(board(client, ada.cohort))


@pytest.mark.parametrize(("days", "is_told"), [(27, False), (29, True)])
def test_an_end_that_nobody_answers_for_four_weeks_is_looked_after(client, days, is_told):
    ada, carl, pairing = create_old_pair()
    held(pairing, by=ada, starts_at=ago(days=40))
    begin(client, ada, pairing, reason="no_time", tells=["partner"])
    let_wait(pairing, days)
    words = "Closing for more than four weeks: ask both whether to end it well now or to go on."
    page = main_of(board(client, ada.cohort))
    assert (words in page) == is_told
    assert "There is not enough time" not in page
    assert ("Ada" in main_of(board(client, ada.cohort, needs="yes"))) == is_told
    yes(client, carl, pairing)
    assert words not in main_of(board(client, ada.cohort))


def test_the_board_knows_the_end_of_a_pair_like_the_rule_for_single_pairs():
    """Also on the last days of months, where the organization is ahead of the clock."""
    cohort = create_round()
    with inside(cohort.organization):
        type(cohort.organization).objects.update(time_zone="Pacific/Auckland")
    agreed, *others = [create_pair(cohort_people(cohort, number))[2] for number in range(4)]
    agree(agreed, ends_on=today() + timedelta(days=50))
    for pairing, began_at in zip(
        others, ("2026-08-31T10:00Z", "2026-08-30T12:30Z", "2024-02-29T20:00Z"), strict=True
    ):
        change(pairing, began_at=datetime.fromisoformat(began_at))
    now = timezone.now()
    with inside(cohort.organization):
        single = {key: each.ends_on for key, each in rhythm_of(Pairing.objects.all()).items()}
        many = {each.pk: each.until for each in pairs_of(cohort, Look(cohort.pk, now, today()))}
    assert many == single
    assert {str(each) for each in many.values()} >= {"2027-02-28", "2024-09-01"}


def cohort_people(cohort, number):
    return (
        take_part(cohort, Side.MENTOR, name=f"Mentor {number}"),
        take_part(cohort, Side.MENTEE, name=f"Mentee {number}"),
    )


def test_the_most_pressing_comes_first_and_filters_narrow(client):
    ada, _carl, pairing = create_pair()
    ben, dora = others(pairing)
    _, _, second = create_pair((ben, dora))
    change(second, conflict="above")

    page = main_of(board(client, ada.cohort))
    assert page.index("Ben") < page.index("Ada")
    needing = main_of(board(client, ada.cohort, needs="yes"))
    assert ("Ben" in needing, "Ada" in needing) == (True, False)
    found = main_of(board(client, ada.cohort, q="carl"))
    assert ("Ben" in found, "Ada" in found) == (False, True)


def test_proposals_and_ended_pairs_are_not_on_it(client):
    ada, carl, pairing = create_pair()
    answer(client, carl, pairing, "step_out")
    page = main_of(board(client, ada.cohort))
    assert "No pairs" in page
    assert "Ada" not in page


def test_only_those_who_run_the_cohort_see_it(client):
    ada, _carl, pairing = create_pair()
    here = ada.cohort.organization
    analyst = create_member(here, roles=[Role.HR_ANALYST])
    member = create_member(here)
    narrowed = create_member(here, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)
    stranger = create_owner()

    codes = [board(client, ada.cohort, who).status_code for who in (analyst, member, narrowed)]
    assert codes == [403, 403, 404]
    assert board(client, ada.cohort, stranger).status_code == 404
    assert pairing.pk is not None


@pytest.mark.parametrize("count", [1, 12])
def test_it_costs_the_same_however_many_pairs(client, django_assert_num_queries, count):
    cohort = create_round()
    for number in range(count):
        mentor = take_part(cohort, Side.MENTOR, name=f"Mentor {number}")
        mentee = take_part(cohort, Side.MENTEE, name=f"Mentee {number}")
        _, _, pairing = create_pair((mentor, mentee))
        plan(pairing, by=mentor, starts_at=ago(days=-3))
    owner = create_owner(cohort.organization)
    board(client, cohort, owner)
    with django_assert_num_queries(12):
        page = client.get(url(owner, "cohort_health", cohort.pk))
    assert main_of(page).count("Mentor ") >= count
