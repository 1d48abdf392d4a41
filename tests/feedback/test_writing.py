"""Writing feedback to the partner: a draft for as long as one likes, and then sent once."""

import pytest

from mentoring.lib.ids import uuid7
from programs.blueprints import Question
from programs.enums import Moment, Side
from programs.operations.questions import change_questions, version_of
from programs.queries.questions import newest_forms
from tests.factories import create_member, create_organization, create_owner, inside, login, url
from tests.feedback.people import (
    KIND,
    ask_many,
    create_ended,
    filled,
    give,
    give_both,
    page_of,
    press,
    questions,
    responses,
    said_by,
)
from tests.meetings.people import held
from tests.meetings.test_logs import ago, create_old_pair
from tests.pairings.people import deliver, main_of

pytestmark = pytest.mark.django_db


def test_the_two_are_asked_different_things(client):
    ada, carl, pairing = create_ended()
    to_carl, to_ada = (main_of(page_of(client, who, pairing)) for who in (ada, carl))
    assert "My partner made the most of the opportunity." in to_carl
    assert "My partner made the most of the opportunity." not in to_ada
    assert "My partner’s support was effective." in to_ada
    assert (to_carl.count("<legend"), to_ada.count("<legend")) == (4, 5)
    assert to_carl.count("<textarea") == to_ada.count("<textarea") == 1
    assert "Who will read this" in to_carl
    assert to_carl.index("Who will read this") < to_carl.index(">Send<")


def test_it_is_sent_once_and_read_back_by_its_writer(client):
    ada, carl, pairing = create_ended()
    said = give(client, ada, pairing)
    assert f"Sent. Thank you for telling {carl.member}." in said.text
    page = main_of(said)
    assert "4 of 5" in page
    assert "You asked &quot;one more time&quot;, and that&#x27;s when I spoke up." in page
    assert said_by(ada, pairing) == [4, 4, 4, 4, KIND]

    again = give(client, ada, pairing, score=1)
    assert "You have sent this before. Nothing was changed." in again.text
    assert said_by(ada, pairing) == [4, 4, 4, 4, KIND]


def test_what_is_missing_is_named_and_nothing_that_was_typed_is_lost(client):
    ada, _carl, pairing = create_ended()
    first, *_, last = questions(pairing, "mentor")
    data = {f"answer_{first.key.hex}": 9, f"answer_{last.key.hex}": "<b>Ask</b> me more"}
    said = press(client, ada, pairing, **data)
    page = main_of(said)
    assert "Please choose one of these answers." in page
    assert page.count("Please choose an answer.") >= 3
    assert "&lt;b&gt;Ask&lt;/b&gt; me more</textarea>" in page
    assert responses(pairing)["mentor"].sent_at is None
    assert said_by(ada, pairing) == []


def test_a_draft_needs_nothing_and_is_nobody_elses(client):
    ada, carl, pairing = create_ended()
    *_, last = questions(pairing, "mentor")
    said = press(client, ada, pairing, do="later", **{f"answer_{last.key.hex}": "Not yet"})
    assert "Saved as a draft. You can go on at any time." in said.text
    assert "Not yet</textarea>" in main_of(said)
    assert said_by(ada, pairing) == ["Not yet"]
    assert said_by(ada, pairing, reader=carl) == []
    assert "Not yet" not in page_of(client, carl, pairing).text


def test_what_is_typed_is_kept_meanwhile_without_what_does_not_fit(client):
    ada, _carl, pairing = create_ended()
    first, second, *_, last = questions(pairing, "mentor")
    data = {
        f"answer_{first.key.hex}": "11",
        f"answer_{second.key.hex}": "3",
        f"answer_{last.key.hex}": "On the way\x00",
    }
    said = press(client, ada, pairing, "draft", **data)
    assert "Saved as a draft, but for an answer that does not fit." in said.text
    assert "<html" not in said.text
    assert said_by(ada, pairing) == [3, "On the way"]


def test_a_draft_that_comes_after_sending_changes_nothing(client):
    ada, _carl, pairing = create_ended()
    give(client, ada, pairing)
    *_, last = questions(pairing, "mentor")
    late = press(client, ada, pairing, "draft", **{f"answer_{last.key.hex}": "Too late"})
    assert "You have sent this already, in this or another window." in late.text
    assert said_by(ada, pairing) == [4, 4, 4, 4, KIND]


def test_until_the_partner_can_read_it_it_may_be_changed(client):
    ada, carl, pairing = create_ended()
    give(client, ada, pairing)
    back = press(client, ada, pairing, "take_back")
    assert "It is a draft again." in back.text
    assert "spoke up.</textarea>" in main_of(back)
    give(client, carl, pairing)
    deliver(pairing.cohort)
    assert said_by(ada, pairing, reader=carl) == []

    give(client, ada, pairing, score=5)
    deliver(pairing.cohort)
    assert said_by(ada, pairing, reader=carl) == [5, 5, 5, 5, KIND]

    kept = press(client, ada, pairing, "take_back")
    assert f"{carl.member} can read it already, so it stays as it is." in kept.text
    assert responses(pairing)["mentor"].sent_at is not None


def test_without_a_good_end_there_is_nothing_to_write(client):
    ada, _carl, pairing = create_ended(state="withdrawn")
    assert "Feedback comes at the end" in main_of(page_of(client, ada, pairing))
    give(client, ada, pairing)
    assert responses(pairing) == {}


def test_two_who_work_together_read_that_it_comes_later(client):
    ada, _carl, pairing = create_old_pair()
    held(pairing, by=ada, starts_at=ago(days=5))
    assert "Feedback comes at the end" in main_of(page_of(client, ada, pairing))
    assert responses(pairing) == {}
    own = login(client, ada.member).get(url(ada.member, "pair", pairing.pk))
    assert url(ada.member, "pair_feedback", pairing.pk) not in own.text


def test_a_question_that_changes_meanwhile_is_not_changed_for_who_has_begun(client):
    ada, carl, pairing = create_ended()
    owner = create_owner(ada.cohort.organization)
    page_of(client, ada, pairing)
    with inside(pairing.organization_id):
        program = pairing.cohort.program
        seen = version_of(program, Moment.PARTNER, newest_forms(program))
        wanted = {Side.MENTOR: [Question("Another?")], Side.MENTEE: [Question("And you?")]}
        change_questions(program=program, questions=wanted, version=seen, actor=owner)
    assert "My partner engaged with our goals." in main_of(page_of(client, ada, pairing))
    assert "And you?" in main_of(page_of(client, carl, pairing))


@pytest.mark.parametrize("view", ["pair_feedback", "pair_feedback_draft", "pair_feedback_thank"])
def test_strangers_and_those_who_run_it_get_what_is_not_there(client, view):
    ada, carl, pairing = create_ended()
    give_both(client, ada, carl, pairing=pairing)
    organization = ada.cohort.organization
    owner, colleague = create_owner(organization), create_member(organization)
    foreign = create_owner(create_organization())
    for member in (owner, colleague, foreign):
        client = login(client, member)
        missing = client.post(url(member, view, uuid7()))
        found = client.post(url(member, view, pairing.pk))
        assert (found.status_code, found.content) == (404, missing.content)


@pytest.mark.parametrize("more", [0, 45])
def test_the_page_costs_the_same_however_many_questions(client, django_assert_num_queries, more):
    ada, carl, pairing = create_ended()
    ask_many(pairing, more)
    give_both(client, ada, carl, pairing=pairing)
    client = login(client, ada.member)
    address = url(ada.member, "pair_feedback", pairing.pk)
    client.get(address)
    with django_assert_num_queries(19):
        page = client.get(address)
    assert page.text.count("<dt ") == 11 + 2 * more


@pytest.mark.parametrize("more", [0, 45])
def test_keeping_a_draft_costs_the_same_however_many_questions(
    client, django_assert_num_queries, more
):
    ada, _carl, pairing = create_ended()
    ask_many(pairing, more)
    page_of(client, ada, pairing)
    data = filled(pairing, "mentor")
    with django_assert_num_queries(24):
        client.post(url(ada.member, "pair_feedback_draft", pairing.pk), data)
    assert len(said_by(ada, pairing)) == 5 + more
