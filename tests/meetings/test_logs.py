"""Noting that two people met, and putting right what was noted."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.meetings.models import Meeting
from mentoring.pairings.models import Pairing
from programs.models import Program
from tests.factories import create_member, inside, reload, url
from tests.meetings.people import (
    create_pair,
    deeds,
    held,
    look,
    meetings,
    plan,
    send,
    state_of,
    typed,
)
from tests.pairings.agreeing import agree
from tests.pairings.people import main_of, own_page

pytestmark = pytest.mark.django_db


def ago(**span: float):
    return (timezone.now() - timedelta(**span)).replace(second=0, microsecond=0)


def create_old_pair():
    """Ada and Carl, who have been a pair for a year."""
    ada, carl, pairing = create_pair()
    with inside(ada.organization_id):
        Pairing.objects.filter(pk=pairing.pk).update(began_at=ago(days=365))
    return ada, carl, reload_with_people(pairing)


def reload_with_people(pairing):
    with inside(pairing.organization_id):
        return Pairing.objects.with_people().get(pk=pairing.pk)


def planned_for_yesterday(pairing, by):
    at = ago(days=1)
    return plan(pairing, by=by, starts_at=at, now=at - timedelta(days=3))


def test_the_first_meeting_makes_the_pair_active(client):
    ada, _carl, pairing = create_old_pair()
    assert state_of(pairing) == "introductory"
    at = ago(hours=2)

    said = send(client, ada, "meeting_log", pairing.pk, typed(at))

    assert "Noted. Thank you." in said.text
    found = reload(pairing)
    assert (found.state, found.introduced_at, found.last_met_at) == ("active", at, at)
    (meeting,) = meetings(pairing)
    assert (meeting.state, meeting.minutes, meeting.held_noted_by) == ("held", 45, "mentor")
    assert deeds(meeting) == [("logged", "mentor")]


def test_the_form_asks_for_nothing_but_the_button(client):
    ada, _carl, pairing = create_old_pair()
    with time_machine.travel(timezone.now(), tick=False):
        form = look(client, ada, "meeting_log", pairing.pk).context["form"]
        data = {
            name: form.get_initial_for_field(field, name) for name, field in form.fields.items()
        }
        send(
            client,
            ada,
            "meeting_log",
            pairing.pk,
            {**data, "starts_at": data["starts_at"].strftime("%Y-%m-%dT%H:%M")},
        )
    assert [each.state for each in meetings(pairing)] == ["held"]


def test_a_planned_meeting_whose_time_has_passed_asks_whether_it_happened(client):
    ada, carl, pairing = create_old_pair()
    meeting = planned_for_yesterday(pairing, carl)

    asked = main_of(own_page(client, ada.member, pairing))
    said = send(client, ada, "meeting_held", meeting.pk, {"seen": 0})

    assert "Did you meet?" in asked
    assert "Yes, we met" in asked
    assert "Noted. Thank you." in said.text
    assert reload(meeting).state == "held"
    assert "Did you meet?" not in main_of(own_page(client, carl.member, pairing))


def test_both_may_say_so_and_it_counts_once(client):
    ada, carl, pairing = create_old_pair()
    meeting = planned_for_yesterday(pairing, carl)
    for who in (ada, carl):
        send(client, who, "meeting_held", meeting.pk, {"seen": 0})
    assert deeds(meeting) == [("planned", "mentee"), ("logged", "mentor")]


def test_if_it_did_not_happen_a_new_date_is_chosen(client):
    ada, carl, pairing = create_old_pair()
    meeting = planned_for_yesterday(pairing, carl)
    at = ago(days=-3)
    said = send(client, ada, "meeting_move", meeting.pk, typed(at, seen=0))
    assert "The change is saved." in said.text
    assert (reload(meeting).starts_at, reload(meeting).state) == (at, "planned")


def test_noting_a_meeting_that_was_planned_for_then_takes_the_planned_one(client):
    ada, carl, pairing = create_old_pair()
    meeting = planned_for_yesterday(pairing, carl)
    at = meeting.starts_at + timedelta(minutes=15)

    send(client, ada, "meeting_log", pairing.pk, typed(at, minutes=60, means="person"))

    (found,) = meetings(pairing)
    assert (found.pk, found.state, found.starts_at, found.minutes, found.means) == (
        meeting.pk,
        "held",
        at,
        60,
        "person",
    )


def test_what_the_partner_has_noted_is_not_noted_again(client):
    ada, carl, pairing = create_old_pair()
    at = ago(days=2)
    held(pairing, by=carl, starts_at=at)

    said = send(client, ada, "meeting_log", pairing.pk, typed(at + timedelta(minutes=5)))
    same = send(client, ada, "meeting_log", pairing.pk, typed(at))

    assert "is noted already. You can put it right there." in said.text
    assert "Noted. Thank you." in same.text
    assert len(meetings(pairing)) == 1


@pytest.mark.parametrize(
    ("span", "error"),
    [
        ({"hours": -1}, "Choose a time that has passed."),
        ({"days": 400}, "At that time the two of you were no pair yet."),
    ],
)
def test_only_a_time_of_the_pair_that_has_passed_can_be_noted(client, span, error):
    ada, _carl, pairing = create_old_pair()
    said = send(client, ada, "meeting_log", pairing.pk, typed(ago(**span)))
    assert error in said.text
    assert meetings(pairing) == []


def test_both_may_put_it_right_and_the_list_says_who_did(client):
    ada, carl, pairing = create_old_pair()
    meeting = held(pairing, by=carl, starts_at=ago(days=3))
    at = ago(days=4)

    said = send(client, ada, "meeting_correct", meeting.pk, typed(at, minutes=90, seen=0))

    assert "Put right." in said.text
    found = reload(meeting)
    assert (found.starts_at, found.minutes, found.sequence) == (at, 90, 1)
    assert reload(pairing).last_met_at == at
    listed = main_of(look(client, carl, "pair_meetings", pairing.pk))
    assert "Corrected (before:" in listed
    assert "· Ada," in listed


def test_a_stale_correction_overwrites_nothing(client):
    ada, carl, pairing = create_old_pair()
    meeting = held(pairing, by=carl, starts_at=ago(days=3))
    send(client, carl, "meeting_correct", meeting.pk, typed(ago(days=4), minutes=90, seen=0))
    said = send(client, ada, "meeting_correct", meeting.pk, typed(ago(days=5), seen=0))
    assert "Nothing was overwritten" in said.text
    assert reload(meeting).minutes == 90


def test_what_was_noted_by_mistake_counts_no_more(client):
    ada, carl, pairing = create_old_pair()
    first = held(pairing, by=carl, starts_at=ago(days=30))
    wrong = held(pairing, by=carl, starts_at=ago(days=3))

    said = send(client, ada, "meeting_take_back", wrong.pk, {"seen": 0})

    assert "Taken back." in said.text
    found = reload(wrong)
    assert (found.state, found.reason, found.cancelled_by) == ("cancelled", "mistake", "mentor")
    assert reload(pairing).last_met_at == first.starts_at


def test_the_only_meeting_is_put_right_instead_of_taken_back(client):
    ada, carl, pairing = create_old_pair()
    meeting = held(pairing, by=carl, starts_at=ago(days=3))
    said = send(client, ada, "meeting_take_back", meeting.pk, {"seen": 0})
    assert "It is the only meeting you have noted" in said.text
    assert (reload(meeting).state, state_of(pairing)) == ("held", "active")


def test_nothing_is_noted_for_a_pair_that_has_ended(client):
    ada, carl, pairing = create_old_pair()
    held(pairing, by=carl, starts_at=ago(days=30))
    with inside(ada.organization_id):
        Pairing.objects.filter(pk=pairing.pk).update(
            state="withdrawn", mentor_place=None, mentee_place=None, ended_at=timezone.now()
        )
    said = send(client, ada, "meeting_log", pairing.pk, typed(ago(days=1)))
    assert "This pair has ended, so its meetings stay as they are." in said.text
    past = main_of(own_page(client, ada.member, pairing))
    assert "You met, 45 minutes" in past
    assert "Plan a meeting" not in past


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    ada, carl, pairing = create_old_pair()
    for number in range(count):
        held(pairing, by=carl, starts_at=ago(days=number + 1))
    look(client, ada, "pair_meetings", pairing.pk)
    with django_assert_num_queries(14):
        page = client.get(url(ada.member, "pair_meetings", pairing.pk))
    assert main_of(page).count("Put right") == min(count, 20)


def test_the_list_comes_in_pages_the_latest_first(client):
    ada, carl, pairing = create_old_pair()
    for number in range(25):
        held(pairing, by=carl, starts_at=ago(days=number + 1), minutes=30 + number)
    look(client, ada, "pair_meetings", pairing.pk)
    address = url(ada.member, "pair_meetings", pairing.pk)

    second = main_of(client.get(address, {"page": 2}))
    part = client.get(address, {"page": 2}, headers={"HX-Request": "true"}).text

    for text in (second, part):
        assert text.count("Put right") == 5
        assert "54 minutes" in text
        assert "49 minutes" not in text
    assert "<main" not in part


def test_a_pair_page_with_200_meetings_needs_at_most_20_queries(client):
    ada, carl, pairing = create_old_pair()
    for number in range(40):
        held(pairing, by=carl, starts_at=ago(days=number + 1))
    with inside(ada.organization_id):
        kept = list(Meeting.objects.filter(pairing=pairing))
        Meeting.objects.bulk_create(
            Meeting(
                organization_id=each.organization_id,
                pairing=pairing,
                state=each.state,
                starts_at=each.starts_at + timedelta(hours=hour),
                ends_at=each.ends_at + timedelta(hours=hour),
                noted_by=each.noted_by,
                noted_at=each.noted_at,
                held_noted_by=each.held_noted_by,
                held_noted_at=each.held_noted_at,
            )
            for each in kept
            for hour in range(1, 5)
        )
    plan(pairing, by=carl)
    contact = create_member(ada.cohort.organization, name="Nora")
    with inside(ada.organization_id):
        Program.objects.update(concern_contact=contact)
    agree(pairing)
    own_page(client, ada.member, pairing)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(url(ada.member, "pair", pairing.pk))

    # Savepoints stand for the BEGIN and COMMIT of a request inside of a test's transaction.
    own = [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]
    assert len(own) <= 20
    assert main_of(page).count("You met, 45 minutes") == 7
