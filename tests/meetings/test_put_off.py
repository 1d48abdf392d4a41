"""Who puts meetings off again and again, and who hears of it."""

import pytest

from accounts.enums import Role
from mentoring.outbox.mailbox import text_of
from tests.factories import create_member, create_owner, inside
from tests.meetings.people import create_pair, plan, queued, send, typed
from tests.meetings.test_logs import ago, create_old_pair
from tests.pairings.people import answer, deliver

pytestmark = pytest.mark.django_db
KIND = "meetings.put_off_again"


def move(client, who, meeting, number: int, *, seen: int):
    return send(client, who, "meeting_move", meeting.pk, typed(ago(days=-number), seen=seen))


def cancel(client, who, meeting, *, seen: int = 0):
    return send(client, who, "meeting_cancel", meeting.pk, {"reason": "urgent", "seen": seen})


def told(pairing) -> list[str]:
    return [recipient for recipient, _ in queued(pairing, KIND)]


def test_the_second_time_in_a_row_those_who_run_it_are_told(client, mails):
    ada, carl, pairing = create_pair()
    admin = create_member(ada.cohort.organization, roles=[Role.PROGRAM_ADMIN])
    create_owner(ada.cohort.organization)
    meeting = plan(pairing, by=ada)

    move(client, carl, meeting, 9, seen=0)
    assert told(pairing) == []
    cancel(client, carl, meeting, seen=1)
    assert told(pairing) == [admin.email]

    deliver(pairing.cohort)
    (mail,) = [each for each in mails() if admin.email in each["To"]]
    text = text_of(mail, "plain")
    assert "Carl has moved or called off a meeting for the second time in a row." in text
    assert "urgent" not in text
    assert "AI tools" not in text


def test_a_third_time_is_not_told_again(client):
    ada, carl, pairing = create_pair()
    create_owner(ada.cohort.organization)
    meeting = plan(pairing, by=ada)
    for number in range(4):
        move(client, carl, meeting, 9 + number, seen=number)
    assert len(told(pairing)) == 1


def test_one_each_and_one_after_a_meeting_that_was_held_are_nobodys_pattern(client):
    ada, carl, pairing = create_old_pair()
    create_owner(ada.cohort.organization)
    meeting = plan(pairing, by=ada)
    move(client, carl, meeting, 9, seen=0)
    move(client, ada, meeting, 10, seen=1)
    move(client, carl, meeting, 11, seen=2)
    send(client, ada, "meeting_log", pairing.pk, typed(ago(hours=3)))
    move(client, carl, meeting, 12, seen=3)
    assert told(pairing) == []
    move(client, carl, meeting, 13, seen=4)
    assert len(told(pairing)) == 1


def test_another_place_or_length_puts_nothing_off(client):
    ada, carl, pairing = create_pair()
    create_owner(ada.cohort.organization)
    meeting = plan(pairing, by=ada)
    for number in range(2):
        data = typed(meeting.starts_at, minutes=30, place=f"Room {number}", seen=number)
        send(client, carl, "meeting_move", meeting.pk, data)
    assert told(pairing) == []


def test_who_is_one_of_the_two_is_not_told_about_themselves(client):
    ada, carl, pairing = create_pair()
    meeting = plan(pairing, by=ada)
    with_role(carl.member, Role.OWNER)
    for number in range(2):
        move(client, carl, meeting, 9 + number, seen=number)
    assert told(pairing) == []


def test_nobody_is_told_any_more_once_the_pair_has_ended(client, mails):
    ada, carl, pairing = create_pair()
    owner = create_owner(ada.cohort.organization)
    meeting = plan(pairing, by=ada)
    for number in range(2):
        move(client, carl, meeting, 9 + number, seen=number)
    answer(client, ada, pairing, "step_out")
    deliver(pairing.cohort)
    assert [each for each in mails() if owner.email in each["To"]] == []


def with_role(member, role) -> None:
    with inside(member.organization_id):
        type(member).objects.filter(pk=member.pk).update(roles=[role])
