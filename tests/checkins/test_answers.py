"""Saying how it is going on the own page: each answer, and what follows from it."""

from datetime import timedelta

import pytest

from tests.checkins.people import (
    ask_both,
    check_ins,
    create_active,
    create_asked,
    page_of,
    said_by,
    say,
)
from tests.factories import create_member, create_organization, inside, login, reload, url
from tests.meetings.people import create_pair, held, look, meetings, plan, typed
from tests.meetings.test_logs import ago, planned_for_yesterday
from tests.pairings.agreeing import agree
from tests.pairings.people import answer, main_of, own_page

pytestmark = pytest.mark.django_db
LABELS = {"met": "We met", "date": "A date is set", "well": "All well", "help": "I need help"}


def test_the_question_stands_on_the_page_of_the_pair_and_on_the_home(client):
    ada, _carl, pairing = create_asked()
    agree(pairing)
    page = main_of(own_page(client, ada.member, pairing))
    home = main_of(login(client, ada.member).get(url(ada.member, "organization")))
    for label in LABELS.values():
        assert label in page
    assert "How is it going with Carl?" in home
    assert url(ada.member, "pair_check_in", pairing.pk) in home


@pytest.mark.parametrize("said", ["date", "well", "help"])
def test_one_tap_answers_and_the_answer_stands_on_the_page_of_the_pair(client, said):
    ada, _carl, pairing = create_asked()
    shown = page_of(client, ada, pairing, said)
    assert check_ins(pairing) == [("mentee", False), ("mentor", False)]
    assert LABELS[said] in main_of(shown)

    after = say(client, ada, pairing, said, who="keep")

    assert f"You said “{LABELS[said]}” on" in main_of(after)
    assert said_by(ada, pairing) == [said]
    assert check_ins(pairing) == [("mentee", False), ("mentor", True)]
    assert f"You said “{LABELS[said]}” on" in main_of(own_page(client, ada.member, pairing))
    agree(pairing)
    home = main_of(login(client, ada.member).get(url(ada.member, "organization")))
    assert "How is it going with Carl?" not in home
    assert "Plan the next meeting with Carl" in home


def test_the_latest_answer_counts_and_a_double_press_is_one_answer(client):
    ada, _carl, pairing = create_asked()
    say(client, ada, pairing, "well")
    say(client, ada, pairing, "well")
    say(client, ada, pairing, "date")
    assert said_by(ada, pairing) == ["date"]
    assert len(check_ins(pairing)) == 2


def test_we_met_notes_the_meeting_that_was_planned(client):
    ada, carl, pairing = create_asked()
    meeting = planned_for_yesterday(pairing, carl)
    assert "This meeting was planned:" in main_of(page_of(client, ada, pairing, "met"))
    say(client, ada, pairing, "met", minutes=50)
    found = reload(meeting)
    assert (found.state, found.minutes, found.held_noted_by) == ("held", 50, "mentor")
    assert said_by(ada, pairing) == ["met"]


def test_we_met_notes_a_meeting_that_nobody_planned(client):
    ada, _carl, pairing = create_asked()
    at = ago(days=2)
    say(client, ada, pairing, "met", **typed(at, minutes=40))
    assert [(each.starts_at, each.minutes) for each in meetings(pairing)][-1] == (at, 40)
    assert said_by(ada, pairing) == ["met"]


def test_we_met_is_one_tap_when_the_meeting_is_noted_already(client):
    ada, carl, pairing = create_asked()
    held(pairing, by=carl, starts_at=ago(days=3))
    page = main_of(page_of(client, ada, pairing, "met"))
    assert "A meeting is noted:" in page
    assert url(ada.member, "meeting_log", pairing.pk) in page
    say(client, ada, pairing, "met")
    assert len(meetings(pairing)) == 2
    assert said_by(ada, pairing) == ["met"]


def test_a_time_that_is_still_ahead_is_refused_and_nothing_is_said(client):
    ada, _carl, pairing = create_asked()
    page = main_of(say(client, ada, pairing, "met", **typed(ago(days=-2), minutes=40)))
    assert "Choose a time that has passed." in page
    assert 'value="40"' in page
    assert said_by(ada, pairing) == []
    assert check_ins(pairing) == [("mentee", False), ("mentor", False)]


def test_a_date_that_is_set_is_shown_when_it_is_known(client):
    ada, carl, pairing = create_asked()
    page = main_of(page_of(client, ada, pairing, "date"))
    assert "Afterwards you can put it into both calendars" in page
    plan(pairing, by=carl)
    assert "You meet next:" in main_of(page_of(client, ada, pairing, "date"))


def test_everybody_can_say_it_without_being_asked(client):
    ada, _carl, pairing = create_active()
    say(client, ada, pairing, "well")
    say(client, ada, pairing, "date")
    assert said_by(ada, pairing) == ["date"]
    assert check_ins(pairing) == [("mentor", True)]


def test_an_old_question_is_not_answered_by_how_it_is_now(client):
    ada, _carl, pairing = create_active(since=timedelta(days=60))
    ask_both(pairing)
    say(client, ada, pairing, "well")
    assert check_ins(pairing) == [("mentee", False), ("mentor", False), ("mentor", True)]


def test_before_the_first_meeting_nobody_is_asked_and_the_page_says_why(client):
    ada, _carl, pairing = create_pair()
    page = main_of(page_of(client, ada, pairing))
    assert "once you have met for the first time" in page
    assert "We met" not in page
    after = say(client, ada, pairing, "well")
    assert after.redirect_chain[-1][0] == url(ada.member, "pair_check_in", pairing.pk)
    assert said_by(ada, pairing) == []


def test_a_pair_that_ended_meanwhile_takes_no_answer(client):
    ada, carl, pairing = create_asked()
    answer(client, carl, pairing, "step_out")
    page = main_of(say(client, ada, pairing, "well"))
    assert "This pair has ended, so nobody asks how it is going." in page
    assert said_by(ada, pairing) == []


def test_the_own_answers_of_before_are_listed(client):
    ada, _carl, pairing = create_asked()
    say(client, ada, pairing, "help", who="keep")
    page = main_of(page_of(client, ada, pairing))
    assert "What you said" in page
    assert "What can help" in page


def test_an_answer_that_does_not_exist_is_not_found(client):
    ada, _carl, pairing = create_asked()
    assert page_of(client, ada, pairing, "bored").status_code == 404


@pytest.mark.parametrize("view", ["pair_check_in", "pair_check_in_day"])
def test_nobody_but_the_two_opens_it(client, view):
    _ada, carl, pairing = create_asked()
    third = create_member(carl.member.organization)
    stranger = create_member(create_organization())
    for who in (third, stranger):
        response = login(client, who).get(url(who, view, pairing.pk))
        assert response.status_code == 404
    assert look(client, carl, view, pairing.pk).status_code == 200


@pytest.mark.parametrize("answered", [1, 6])
def test_the_page_costs_the_same_however_many_answers(client, django_assert_num_queries, answered):
    ada, _carl, pairing = create_asked()
    with inside(pairing.organization_id, member_id=ada.member_id):
        for number in range(answered):
            at = ago(days=20 + number)
            values = {"member_id": ada.member_id, "organization_id": pairing.organization_id}
            past = pairing.check_ins.create(
                side="mentor", on=at.date(), asked_at=at, answered_at=at, **values
            )
            past.answers.create(said="well", at=at, **values)
    page_of(client, ada, pairing)
    with django_assert_num_queries(18):
        page = client.get(url(ada.member, "pair_check_in", pairing.pk))
    assert page.text.count("<dt>All well</dt>") == answered
