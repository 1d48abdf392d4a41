"""What an agenda takes from the meeting before it, or from one that was called off."""

import pytest
from django.utils import timezone

from mentoring.meetings.enums import Reason
from mentoring.meetings.operations import agenda, planning
from programs.enums import Side
from tests.factories import inside, reload
from tests.meetings.people import held, plan
from tests.meetings.test_logs import ago, create_old_pair
from tests.meetings.writing import (
    BEFORE_NEXT,
    GOALS,
    create_meeting,
    item_of,
    open_agenda,
    points,
    put,
    send,
    words,
)
from tests.pairings.people import own_page

pytestmark = pytest.mark.django_db


def cancel(meeting, *, by):
    with inside(by.organization_id, member_id=by.member_id):
        planning.cancel(
            meeting=meeting,
            seen=reload(meeting).sequence,
            side=Side(by.side),
            reason=Reason.AWAY,
            now=timezone.now(),
        )


def carry(meeting, who) -> int:
    with inside(who.organization_id, member_id=who.member_id):
        return agenda.carry_over(meeting=meeting, now=timezone.now())


def test_what_was_wanted_before_the_next_meeting_opens_its_agenda_once(client):
    ada, carl, pairing = create_old_pair()
    past = held(pairing, by=carl, starts_at=ago(days=30))
    for who, text in ((ada, "Try the tool"), (carl, "Ask the team"), (carl, "Never mind")):
        put(past, who, text, BEFORE_NEXT)
    put(past, ada, "Talked about", GOALS)
    send(client, ada, "agenda_item_decline", item_of(past, ada, "Never mind").pk, declined="1")
    send(client, carl, "agenda_item_done", item_of(past, ada, "Ask the team").pk, done="1")
    meeting, later = plan(pairing, by=carl), plan(pairing, by=carl, starts_at=ago(days=-20))

    on_pair_page = own_page(client, ada.member, pairing).text
    pages = [words(open_agenda(client, who, meeting)) for who in (ada, carl, ada)]

    assert "2 points are on the agenda." in on_pair_page
    assert points(meeting, ada) == [("since_last", "Try the tool"), ("since_last", "Ask the team")]
    assert [page.count("What you wanted to do before this meeting") for page in pages] == [2] * 3
    assert "2 points are on the agenda." in own_page(client, ada.member, pairing).text
    assert len(points(past, ada)) == 4
    open_agenda(client, ada, later)
    assert points(later, ada) == []


def test_what_is_added_to_the_last_meeting_later_comes_too_and_what_was_removed_stays_away(client):
    ada, carl, pairing = create_old_pair()
    past = held(pairing, by=carl, starts_at=ago(days=30))
    put(past, ada, "First", BEFORE_NEXT)
    meeting = plan(pairing, by=carl)
    assert carry(meeting, ada) == 1
    send(client, ada, "agenda_item_remove", item_of(meeting, ada, "First").pk)
    put(past, carl, "Second", BEFORE_NEXT)

    assert carry(meeting, carl) == 1
    assert carry(meeting, ada) == 0
    assert points(meeting, ada) == [("since_last", "Second")]
    assert [text for _, text in points(past, ada)] == ["First", "Second"]


def test_only_the_next_meeting_after_the_last_one_takes_it(client):
    ada, carl, pairing = create_old_pair()
    older = held(pairing, by=carl, starts_at=ago(days=60))
    put(older, ada, "Older", BEFORE_NEXT)
    held(pairing, by=carl, starts_at=ago(days=30))
    meeting = plan(pairing, by=carl)
    open_agenda(client, ada, meeting)
    assert points(meeting, ada) == []


def test_what_a_called_off_meeting_leaves_open_is_taken_over_with_one_button(client):
    ada, carl, pairing = create_old_pair()
    past = held(pairing, by=carl, starts_at=ago(days=30))
    put(past, ada, "To do", BEFORE_NEXT)
    meeting = plan(pairing, by=carl)
    open_agenda(client, ada, meeting)
    for who, text in ((ada, "Open"), (carl, "Done"), (carl, "Removed"), (carl, "Declined")):
        put(meeting, who, text)
    send(client, ada, "agenda_item_done", item_of(meeting, ada, "Done").pk, done="1")
    send(client, carl, "agenda_item_remove", item_of(meeting, ada, "Removed").pk)
    send(client, ada, "agenda_item_decline", item_of(meeting, ada, "Declined").pk, declined="1")
    cancel(meeting, by=carl)

    alone = words(open_agenda(client, ada, meeting))
    following = plan(pairing, by=carl, starts_at=ago(days=-9))
    offered = words(open_agenda(client, ada, meeting))
    said = send(client, ada, "meeting_agenda_take_over", meeting.pk)
    send(client, carl, "meeting_agenda_take_over", meeting.pk)

    assert "2 points are still open. Plan the next meeting first" in alone
    assert "2 points are still open. Take over to the next meeting" in offered
    assert "Here is the agenda of your next meeting." in said.text
    assert points(following, ada) == [("since_last", "To do"), ("goals", "Open")]
    page = words(open_agenda(client, carl, following))
    assert page.count("What you wanted to do before this meeting") == 1
    assert page.count("From the meeting that was called off") == 1
    assert "Nothing on its agenda is left open." in words(open_agenda(client, ada, meeting))
    assert len(points(following, ada)) == 2


def test_a_called_off_meeting_takes_nothing_new(client):
    ada, carl, meeting = create_meeting()
    item = put(meeting, ada, "Here")
    cancel(meeting, by=carl)
    for view, key, data in (
        ("meeting_agenda_add", meeting.pk, {"section": "goals", "text": "Typed in vain"}),
        ("agenda_item_change", item.pk, {"seen": 1, "text": "Typed in vain"}),
        ("agenda_item_remove", item.pk, {}),
        ("agenda_item_done", item.pk, {"done": "1"}),
    ):
        said = send(client, ada, view, key, **data)
        assert "This meeting was called off, so what is written for it stays" in said.text
        assert ("Typed in vain" in said.text) is ("text" in data)
    assert points(meeting, ada) == [("goals", "Here")]
    nothing = send(client, ada, "meeting_agenda_take_over", meeting.pk)
    assert "No meeting is planned that could take this over." in nothing.text
