"""Sending everything that failed again: what was agreed to, once, on the record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Action, Role
from accounts.models import AuditEvent
from accounts.operations import messages as operations
from mentoring.outbox.enums import State
from mentoring.outbox.models import Message
from tests.accounts.test_message_log import create_failed, create_sent, page_of, state_of
from tests.factories import create_member, create_owner, inside, login, url

pytestmark = pytest.mark.django_db


def press(client, member, count, query=""):
    address = url(member, "messages_resend")
    return login(client, member).post(address, {"count": count}, QUERY_STRING=query, follow=True)


def events_of(member) -> list[dict]:
    with inside(member.organization_id):
        rows = AuditEvent.objects.filter(action=Action.MESSAGES_RESENT)
        return [each.details for each in rows]


def test_all_that_failed_are_sent_again_after_a_question_with_their_number(client):
    owner = create_owner()
    failed = [create_failed(owner, f"p{number}@example.org") for number in range(3)]
    sent = create_sent(owner, "sent@example.org")
    page = page_of(client, owner, "failed")
    assert "Send 3 messages again?" in page
    assert 'name="count" value="3"' in page

    answer = press(client, owner, 3, "tab=failed")

    assert "3 messages will be sent again, one after the other." in answer.text
    assert "Nothing has failed" in answer.text
    assert {state_of(each) for each in failed} == {State.QUEUED}
    assert state_of(sent) == State.SENT
    with inside(owner.organization_id):
        fresh = Message.objects.filter(state=State.QUEUED).values("attempts", "reason", "detail")
        assert list(fresh) == [{"attempts": 0, "reason": "", "detail": ""}] * 3
    assert events_of(owner) == [{"messages": 3}]


@pytest.mark.parametrize("count", ["2", "4", "0", "-1", "", "many", "9" * 30])
def test_another_number_than_was_agreed_to_sends_nothing(client, count):
    owner = create_owner()
    failed = [create_failed(owner, f"p{number}@example.org") for number in range(3)]

    answer = press(client, owner, count)

    assert "Please look once more." in answer.text
    assert {state_of(each) for each in failed} == {State.QUARANTINED}
    assert events_of(owner) == []


def test_pressing_twice_sends_once(client):
    owner = create_owner()
    create_failed(owner)
    press(client, owner, 1)

    assert "Please look once more." in press(client, owner, 1).text
    assert events_of(owner) == [{"messages": 1}]


def test_what_has_expired_is_neither_counted_nor_sent(client):
    owner = create_owner()
    late = create_failed(owner, "late@example.org", expires_at=timezone.now() - timedelta(hours=1))
    assert "again?" not in page_of(client, owner, "failed")
    timely = create_failed(owner, expires_at=timezone.now() + timedelta(hours=1))
    assert "Send 1 message again?" in page_of(client, owner, "failed")

    press(client, owner, 1)

    assert (state_of(late), state_of(timely)) == (State.QUARANTINED, State.QUEUED)


def test_only_what_matches_the_filter_is_sent(client):
    owner = create_owner()
    ada, bo = create_failed(owner, "ada@example.org"), create_failed(owner, "bo@example.org")
    page = page_of(client, owner, "failed", q="ada")
    assert "Send 1 message again?" in page
    assert "Only what matches the filter is sent." in page

    press(client, owner, 1, "tab=failed&q=ada")

    assert (state_of(ada), state_of(bo)) == (State.QUEUED, State.QUARANTINED)


def test_more_than_fit_into_one_go_are_sent_in_several(client, monkeypatch):
    monkeypatch.setattr("mentoring.outbox.operations.AT_ONCE", 2)
    monkeypatch.setattr(operations, "AT_ONCE", 2)
    owner = create_owner()
    for number in range(3):
        create_failed(owner, f"p{number}@example.org")
    assert "Send 2 messages again?" in page_of(client, owner, "failed")
    press(client, owner, 2)
    assert "Send 1 message again?" in page_of(client, owner, "failed")


@pytest.mark.parametrize("roles", [[Role.HR_ANALYST], []])
def test_nobody_else_sends_again(client, roles):
    owner = create_owner()
    message = create_failed(owner)
    member = create_member(owner.organization, roles=roles)

    assert press(client, member, 1).status_code == 403
    assert state_of(message) == State.QUARANTINED


def test_strangers_messages_stay_as_they_are(client):
    owner, stranger = create_owner(), create_owner()
    ours, theirs = create_failed(owner), create_failed(stranger)

    press(client, owner, 1)

    assert (state_of(ours), state_of(theirs)) == (State.QUEUED, State.QUARANTINED)
