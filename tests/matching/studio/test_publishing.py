"""Sending the proposals out, as an admin does it: asked once more, and never twice."""

import pytest
from django.test import Client

from mentoring.matching.enums import Purpose
from mentoring.matching.models import Publication
from mentoring.outbox.models import Message
from mentoring.pairings.models import Pairing
from programs.enums import ParticipantState
from programs.models import Participant, Program
from tests.factories import inside, login
from tests.matching.people import send
from tests.matching.studio.steps import (
    SAVEPOINTS,
    ask_to_publish,
    create_admin,
    create_studio,
)
from tests.programs.pages import fields_of

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
HTMX = {"HX-Request": "true"}
ALL = {"all": "on", "filter": "answer=unpublished"}


@pytest.fixture
def studio():
    return create_studio(3)


def address(studio, run) -> str:
    return studio.url("cohort_matching_publish", run.pk)


def newest(studio) -> Publication:
    with inside(studio.place.organization):
        return Publication.objects.latest("asked_at")


def sent(studio) -> str:
    """The address of the newest publication, after a worker was at it."""
    publication = send(newest(studio))
    return studio.url("cohort_matching_publication", publication.run_id, publication.pk)


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
    going = client.post(address(studio, run), fields_of(asked), follow=True)
    assert "0 of 3" in going.text
    assert proposals(studio) == []
    done = client.get(sent(studio))

    assert "3 pairs are proposed" in done.text
    assert {(each.state, each.asked) for each in proposals(studio)} == {("proposed", "mentee")}
    with inside(studio.place.organization):
        assert Message.objects.filter(kind="pairings.proposal").count() == 3


def test_only_the_pairs_that_were_picked_go_out(client, studio):
    run = studio.plan()
    login(client, studio.admin)
    picked = studio.pairs(run)[1]

    asked = client.post(address(studio, run), {"selected": [picked.pk]})
    client.post(address(studio, run), fields_of(asked))
    done = client.get(sent(studio))

    assert "1 pair is proposed" in done.text
    assert [each.mentee_id for each in proposals(studio)] == [picked.mentee_id]


def test_two_admins_who_were_both_asked_publish_one_set(client, studio):
    run = studio.plan()
    login(client, studio.admin)
    other = login(Client(), create_admin(studio.place, "Bea Admin"))
    mine, theirs = (each.post(address(studio, run), ALL) for each in (client, other))

    client.post(address(studio, run), fields_of(mine))
    meanwhile = other.post(address(studio, run), fields_of(theirs), follow=True)
    sent(studio)
    late = other.post(address(studio, run), fields_of(theirs), follow=True)

    assert "Proposals are on their way already; here they are." in meanwhile.text
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

    client.post(address(studio, run), fields_of(client.post(address(studio, run), ALL)))
    done = client.get(sent(studio))

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


def test_the_page_of_a_publication_asks_until_it_is_done(client, django_assert_num_queries):
    studio = create_studio(3)
    run = studio.plan()
    publication = ask_to_publish(studio, run)
    here = studio.url("cohort_matching_publication", run.pk, publication.pk)
    login(client, studio.admin)

    going = client.get(f"{here}?progress", headers=HTMX)
    send(publication)
    done = client.get(f"{here}?progress", headers=HTMX)
    with django_assert_num_queries(SAVEPOINTS + 9):
        page = client.get(here)

    assert 'id="progress"' in going.text
    assert done.headers["HX-Refresh"] == "true"
    assert "3 pairs are proposed" in page.text
    assert 'id="progress"' not in page.text


def test_pairs_that_were_passed_over_are_listed_until_they_go_out(
    client, django_assert_num_queries
):
    studio = create_studio(3)
    run = studio.plan()
    with inside(studio.place.organization):
        people = Participant.objects.filter(pk__in=[each.pk for each in studio.mentees[:2]])
        people.update(state=ParticipantState.WITHDRAWN)
    first = send(ask_to_publish(studio, run))
    here = studio.url("cohort_matching_publication", run.pk, first.pk)
    login(client, studio.admin)
    client.get(here)

    with django_assert_num_queries(SAVEPOINTS + 10):
        before = client.get(here).text
    part = client.get(f"{here}?sort=why", headers=HTMX).text
    with inside(studio.place.organization):
        people.update(state=ParticipantState.APPROVED)
    send(ask_to_publish(studio, run))
    after = client.get(here).text

    assert before.count("One of the two does not take part at the moment.") == 2
    assert part.count("One of the two does not take part at the moment.") == 2
    assert "<html" not in part
    assert "2 pairs were passed over" in after
    assert "All of them have been sent out since" in after


def test_while_proposals_are_on_their_way_there_is_no_new_plan(client):
    studio = create_studio()
    run = studio.plan()
    publication = ask_to_publish(studio, run)
    login(client, studio.admin)

    assert "The proposals are on their way" in client.get(studio.url("cohort_matching")).text
    refused = client.post(studio.url("cohort_matching_start"), follow=True)
    assert "they come first." in refused.text
    assert "0 of 2" in refused.text
    send(publication)
    client.post(studio.url("cohort_matching_start"))

    assert studio.newest(Purpose.PLAN).pk != run.pk


def test_a_stopped_publication_says_what_was_left_and_why(client):
    studio = create_studio()
    run = studio.plan()
    publication = ask_to_publish(studio, run)
    with inside(studio.place.organization):
        Program.objects.update(grade_gap=3)
    send(publication)
    login(client, studio.admin)

    text = client.get(studio.url("cohort_matching_publication", run.pk, publication.pk)).text

    assert "Nothing was proposed" in text
    assert "2 pairs were not looked at" in text
    assert "There is a newer plan, or the rules of the program have changed." in text


def test_a_plan_lists_when_it_was_sent_out(client):
    studio = create_studio()
    run = studio.plan()
    _, two = studio.pairs(run)
    with inside(studio.place.organization):
        Participant.objects.filter(pk=two.mentee_id).update(state=ParticipantState.WITHDRAWN)
    send(ask_to_publish(studio, run))
    login(client, studio.admin)

    text = client.get(studio.url("cohort_matching_run", run.pk)).text

    assert "proposed 1, passed over 1" in text
