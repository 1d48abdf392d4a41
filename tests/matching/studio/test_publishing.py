"""Sending the proposals out, as an admin does it: asked once more, and never twice."""

import pytest
from django.test import Client

from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from programs.enums import ParticipantState
from tests.factories import inside, login
from tests.matching.studio.steps import create_admin, create_studio
from tests.programs.pages import fields_of

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
ALL = {"all": "on", "filter": "answer=unpublished"}


@pytest.fixture
def studio():
    return create_studio(3)


def address(studio, run) -> str:
    return studio.url("cohort_matching_publish", run.pk)


def proposals(studio) -> list[Pairing]:
    with inside(studio.place.organization):
        return list(Pairing.objects.order_by("pk"))


def test_all_pairs_go_out_after_one_more_question(client, studio):
    run = studio.plan()
    login(client, studio.admin)

    asked = client.post(address(studio, run), ALL)
    assert "Propose 3 pairs" in asked.text
    assert "They have 5 working days to answer." in asked.text
    assert proposals(studio) == []
    done = client.post(address(studio, run), fields_of(asked))

    assert "3 pairs are proposed" in done.text
    assert {(each.state, each.asked) for each in proposals(studio)} == {("proposed", "mentee")}
    with inside(studio.place.organization):
        assert Message.objects.filter(kind="pairings.proposal").count() == 3


def test_only_the_pairs_that_were_picked_go_out(client, studio):
    run = studio.plan()
    login(client, studio.admin)
    picked = studio.pairs(run)[1]

    asked = client.post(address(studio, run), {"selected": [picked.pk]})
    done = client.post(address(studio, run), fields_of(asked))

    assert "1 pair is proposed" in done.text
    assert [each.mentee_id for each in proposals(studio)] == [picked.mentee_id]


def test_two_admins_who_were_both_asked_publish_one_set(client, studio):
    run = studio.plan()
    login(client, studio.admin)
    other = login(Client(), create_admin(studio.place, "Bea Admin"))
    mine, theirs = (each.post(address(studio, run), ALL) for each in (client, other))

    client.post(address(studio, run), fields_of(mine))
    late = other.post(address(studio, run), fields_of(theirs), follow=True)

    assert "Please select pairs that are not published yet." in late.text
    assert len(proposals(studio)) == 3


def test_a_list_that_has_changed_meanwhile_is_asked_about_again(client, studio):
    run = studio.plan()
    one, two, _ = studio.pairs(run)
    login(client, studio.admin)
    asked = client.post(address(studio, run), ALL)
    with inside(studio.place.organization):
        one.delete()
        two.mentor_id, two.pk = one.mentor_id, None
        two.save()

    again = client.post(address(studio, run), fields_of(asked))

    assert "The list has changed meanwhile. Please look at it again." in again.text
    assert proposals(studio) == []


def test_who_has_gone_since_is_passed_over_and_named(client, studio):
    run = studio.plan()
    gone = studio.mentees[0]
    with inside(studio.place.organization):
        type(gone).objects.filter(pk=gone.pk).update(state=ParticipantState.WITHDRAWN)
    login(client, studio.admin)

    done = client.post(address(studio, run), fields_of(client.post(address(studio, run), ALL)))

    assert "2 pairs are proposed" in done.text
    assert "1 pair was passed over" in done.text
    assert "One of the two does not take part at the moment." in done.text


def test_a_plan_that_a_newer_one_has_replaced_is_not_published(client, studio):
    run = studio.plan()
    login(client, studio.admin)
    asked = client.post(address(studio, run), ALL)
    studio.plan()

    answer = client.post(address(studio, run), fields_of(asked), follow=True)

    assert "Nothing was sent: there is a newer plan" in answer.text
    assert proposals(studio) == []
