"""Planning, moving and calling off, as people do it on the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring.meetings.models import Meeting, Place
from tests.factories import inside, reload, url
from tests.meetings.people import (
    PLACE,
    create_pair,
    deeds,
    look,
    meetings,
    plan,
    queued,
    send,
    typed,
)
from tests.pairings.people import answer, main_of, own_page
from tests.pairings.test_stepping_out import SIDES, others

pytestmark = pytest.mark.django_db


def in_days(number: float):
    return (timezone.now() + timedelta(days=number)).replace(second=0, microsecond=0)


@pytest.mark.parametrize(("who", "other"), SIDES)
def test_either_plans_a_meeting_and_both_get_it_for_their_calendars(client, who, other):
    *two, pairing = create_pair()
    at = in_days(3)

    said = send(client, two[who], "meeting_plan", pairing.pk, typed(at, place=PLACE))

    (meeting,) = meetings(pairing)
    assert (meeting.state, meeting.starts_at, meeting.minutes) == ("planned", at, 45)
    assert "The meeting is planned." in said.text
    assert "room;1,2" in main_of(own_page(client, two[other].member, pairing))
    sides = sorted((each.member.email, f"{each.side}#0") for each in two)
    assert queued(pairing, "meetings.invitation") == sides
    assert deeds(meeting) == [("planned", two[who].side)]


def test_pressing_twice_plans_once(client):
    ada, _carl, pairing = create_pair()
    data = typed(in_days(3))

    for _ in range(2):
        send(client, ada, "meeting_plan", pairing.pk, data)

    assert len(meetings(pairing)) == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"starts_at": "2020-01-01T10:00"}, "Choose a time that is still ahead."),
        ({"starts_at": "2099-01-01T10:00"}, "Choose a time within a year from now."),
        ({"starts_at": "tomorrow"}, "Enter a valid date/time."),
        ({"starts_at": ""}, "This field is required."),
        ({"minutes": "4"}, "Ensure this value is greater than or equal to 5."),
        ({"minutes": "481"}, "Ensure this value is less than or equal to 480."),
        ({"means": "smoke"}, "Select a valid choice."),
        ({"place": "x" * 301}, "Ensure this value has at most 300 characters (it has 301)."),
    ],
)
def test_bad_input_is_told_beside_the_field_and_nothing_typed_is_lost(client, change, error):
    ada, _carl, pairing = create_pair()
    data = typed(in_days(3), place="Café “Anna”") | change

    said = send(client, ada, "meeting_plan", pairing.pk, data)

    assert error in said.text
    assert "place" in change or "Café “Anna”" in said.text
    assert meetings(pairing) == []


def test_a_short_meeting_is_planned_with_a_mild_hint(client):
    ada, _carl, pairing = create_pair()
    said = send(client, ada, "meeting_plan", pairing.pk, typed(in_days(3), minutes=30))
    assert "A short meeting is fine." in said.text
    assert len(meetings(pairing)) == 1


def test_a_pair_does_not_meet_twice_at_once(client):
    ada, carl, pairing = create_pair()
    at = in_days(3)
    plan(pairing, by=carl, starts_at=at, minutes=60)

    said = send(client, ada, "meeting_plan", pairing.pk, typed(at + timedelta(minutes=59)))
    after = send(client, ada, "meeting_plan", pairing.pk, typed(at + timedelta(minutes=60)))

    assert "You have a meeting then:" in said.text
    assert "The meeting is planned." in after.text
    assert len(meetings(pairing)) == 2


def test_nobody_plans_over_an_own_meeting_with_somebody_else_and_learns_of_nobody_elses(client):
    ada, carl, pairing = create_pair()
    _ben, dora = others(pairing)
    with inside(ada.organization_id):
        type(ada).objects.filter(pk=ada.pk).update(capacity=2)
    _, _, second = create_pair((ada, dora))
    at = in_days(3)
    plan(second, by=dora, starts_at=at)

    own = send(client, ada, "meeting_plan", pairing.pk, typed(at))
    partner = send(client, carl, "meeting_plan", pairing.pk, typed(at))

    assert "You have a meeting then:" in own.text
    assert "The meeting is planned." in partner.text


def test_moving_asks_for_the_new_time_in_the_same_step_and_keeps_who_moved_it(client):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=carl, place=PLACE)
    at = in_days(9)

    page = look(client, ada, "meeting_move", meeting.pk).text
    said = send(client, ada, "meeting_move", meeting.pk, typed(at, place="Room 5", seen=0))

    assert f'value="{PLACE}"' in page
    assert "The change is saved." in said.text
    moved = reload(meeting)
    assert (moved.starts_at, moved.sequence, moved.state) == (at, 1, "planned")
    assert deeds(meeting) == [("planned", "mentee"), ("moved", "mentor")]
    assert queued(pairing, "meetings.invitation") == sorted(
        (each.member.email, f"{each.side}#{number}") for each in (ada, carl) for number in (0, 1)
    )
    assert "Room 5" in main_of(own_page(client, carl.member, pairing))


def test_another_place_is_told_and_counts_as_no_move(client):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=carl, place=PLACE)

    send(client, ada, "meeting_move", meeting.pk, typed(meeting.starts_at, seen=0))

    assert deeds(meeting) == [("planned", "mentee")]
    assert reload(meeting).sequence == 1
    with inside(ada.organization_id, member_id=ada.member_id):
        assert Place.objects.count() == 0


def test_a_stale_tab_overwrites_nothing_and_shows_what_was_typed(client):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=carl)
    first, second = in_days(9), in_days(10)
    send(client, carl, "meeting_move", meeting.pk, typed(first, seen=0))

    said = send(client, ada, "meeting_move", meeting.pk, typed(second, place="Room 7", seen=0))

    assert "Nothing was overwritten" in said.text
    assert 'value="Room 7"' in said.text
    assert 'name="seen" value="1"' in said.text
    assert reload(meeting).starts_at == first
    again = send(client, ada, "meeting_move", meeting.pk, typed(second, place="Room 7", seen=1))
    assert "The change is saved." in again.text
    assert reload(meeting).starts_at == second


def test_calling_off_keeps_who_and_a_neutral_reason_and_tells_both(client):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada)

    page = look(client, carl, "meeting_cancel", meeting.pk).text
    said = send(client, carl, "meeting_cancel", meeting.pk, {"reason": "away", "seen": 0})

    assert "Choose a new date instead" in page
    assert "The meeting is called off." in said.text
    off = reload(meeting)
    assert (off.state, off.cancelled_by, off.reason) == ("cancelled", "mentee", "away")
    assert [each for each, _ in queued(pairing, "meetings.cancellation")] == sorted(
        [ada.member.email, carl.member.email]
    )
    shown = main_of(own_page(client, ada.member, pairing))
    assert "Called off: Away or not well" in shown
    assert "(by Carl)" in shown


@pytest.mark.parametrize("view", ["meeting_move", "meeting_cancel"])
def test_what_is_called_off_is_neither_moved_nor_called_off_again(client, view):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada)
    send(client, carl, "meeting_cancel", meeting.pk, {"reason": "away", "seen": 0})

    data = typed(in_days(9), reason="urgent", seen=1)
    said = send(client, ada, view, meeting.pk, data)

    assert "This meeting is not planned any more" in said.text
    assert deeds(meeting) == [("planned", "mentor"), ("cancelled", "mentee")]


def test_a_reason_is_one_of_those_offered(client):
    ada, _carl, pairing = create_pair()
    meeting = plan(pairing, by=ada)
    for reason in ("mistake", "ended", "", "because"):
        send(client, ada, "meeting_cancel", meeting.pk, {"reason": reason, "seen": 0})
    assert reload(meeting).state == "planned"


def test_what_an_ended_pair_had_planned_is_called_off_in_nobodys_name(client):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada)
    answer(client, carl, pairing, "step_out")

    off = reload(meeting)
    assert (off.state, off.cancelled_by, off.reason) == ("cancelled", "", "ended")
    assert reload(pairing).last_planned_at is None
    assert len(queued(pairing, "meetings.cancellation")) == 2
    said = send(client, ada, "meeting_plan", pairing.pk, typed(in_days(3)))
    assert "This pair has ended" in said.text
    assert len(meetings(pairing)) == 1


@pytest.mark.parametrize(
    ("typed_time", "utc"),
    [("2027-03-28T02:30", "01:00"), ("2027-10-31T02:30", "00:30"), ("2027-07-01T10:00", "08:00")],
    ids=["skipped", "repeated", "summer"],
)
def test_times_are_the_readers_own_also_when_clocks_change(client, typed_time, utc):
    ada, _carl, pairing = create_pair()
    user = ada.member.user
    user.time_zone = "Europe/Berlin"
    user.save()
    data = typed(in_days(3)) | {"starts_at": typed_time}

    send(client, ada, "meeting_plan", pairing.pk, data)

    (meeting,) = meetings(pairing)
    assert meeting.starts_at.strftime("%H:%M") == utc


def test_strangers_and_partners_of_others_find_nothing(client):
    ada, _carl, pairing = create_pair()
    ben, dora = others(pairing)
    create_pair((ben, dora))
    meeting = plan(pairing, by=ada)
    for view, key in (
        ("meeting_plan", pairing.pk),
        ("meeting_log", pairing.pk),
        ("pair_meetings", pairing.pk),
        ("meeting_move", meeting.pk),
        ("meeting_cancel", meeting.pk),
        ("meeting_correct", meeting.pk),
    ):
        theirs = look(client, ben, view, key)
        missing = look(client, ben, view, ada.pk)
        assert (theirs.status_code, missing.status_code) == (404, 404)
        assert theirs.content == missing.content
    for view in ("meeting_held", "meeting_take_back"):
        assert client.post(url(ben.member, view, meeting.pk), {"seen": 0}).status_code == 404
    assert deeds(meeting) == [("planned", "mentor")]


def test_the_database_keeps_two_meetings_out_of_one_moment(client):
    ada, _carl, pairing = create_pair()
    meeting = plan(pairing, by=ada)
    names = {each.name for each in Meeting._meta.constraints}
    assert "meetings_meeting_slot" in names
    with inside(ada.organization_id), pytest.raises(Exception, match="meetings_meeting_slot"):
        Meeting.objects.create(
            pairing=pairing,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            noted_by="mentor",
            noted_at=timezone.now(),
        )
