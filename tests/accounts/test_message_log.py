"""What admins see of messages, and sending failed ones again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.enums import Action, Role
from accounts.models import AuditEvent
from accounts.operations.invitations import KIND
from mentoring.lib.ids import uuid7
from mentoring.outbox.enums import Reason, State
from mentoring.outbox.models import Message
from tests.factories import create_member, create_owner, inside, login, url

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def create_message(member, address="ada@example.org", **fields):
    """A message that is waiting, in the member's organization."""
    wanted = {
        "kind": KIND,
        "recipient": address,
        "address": address,
        "subject_id": uuid7(),
        "occurrence": "1",
        "due_at": NOON,
        "look_at": NOON,
        "created_at": NOON,
        **fields,
    }
    with inside(member.organization_id):
        return Message.objects.create(organization_id=member.organization_id, **wanted)


def create_failed(member, address="ada@example.org", **fields):
    failed = {
        "state": State.QUARANTINED,
        "reason": Reason.REFUSED,
        "detail": "550",
        "attempts": 1,
        "look_at": None,
        "finished_at": NOON,
        **fields,
    }
    return create_message(member, address, **failed)


def create_sent(member, address, **fields):
    done = {"state": State.SENT, "look_at": None, "finished_at": NOON, "attempts": 1}
    return create_message(member, address, **done, **fields)


def page_of(client, member, **params) -> str:
    response = login(client, member).get(url(member, "message_log"), params)
    assert response.status_code == 200
    return response.content.decode()


def state_of(message) -> str:
    with inside(message.organization_id):
        return Message.objects.get(pk=message.pk).state


def test_the_log_shows_recipient_kind_state_and_reason(client):
    owner = create_owner()
    create_failed(owner, "o'hara@example.org")

    content = page_of(client, owner)

    assert "o&#x27;hara@example.org" in content
    assert "Invitation" in content
    assert "Failed" in content
    assert "The mail server refused the message for good." in content
    assert ">550</code>" in content


def test_a_message_that_waits_for_another_attempt_says_when(client):
    owner = create_owner()
    create_message(
        owner,
        attempts=2,
        reason=Reason.UNREACHABLE,
        look_at=timezone.now() + timedelta(minutes=16, seconds=30),
    )

    content = page_of(client, owner)

    assert "Our mail server could not be reached." in content
    assert "in 16 minutes" in content.replace("\xa0", " ")


def test_the_log_of_an_organization_without_messages_says_what_to_do(client):
    assert "Nothing was sent yet" in page_of(client, create_owner())


def test_strangers_messages_are_not_in_the_log(client):
    owner, stranger = create_owner(), create_owner()
    create_message(stranger, "stranger@example.org")
    create_message(owner, "ours@example.org")

    content = page_of(client, owner)

    assert "ours@example.org" in content
    assert "stranger@example.org" not in content


@pytest.mark.parametrize(
    ("params", "shown"),
    [
        ({"state": "quarantined"}, {"failed"}),
        ({"state": "sent"}, {"sent"}),
        ({"q": "SENT@"}, {"sent"}),
        ({"kind": KIND}, {"failed", "sent"}),
        ({"kind": "accounts.unheard"}, {"failed", "sent"}),
        ({"q": "nobody"}, set()),
    ],
)
def test_the_log_can_be_narrowed(client, params, shown):
    owner = create_owner()
    create_failed(owner, "failed@example.org")
    create_sent(owner, "sent@example.org")

    content = page_of(client, owner, **params)

    found = {name for name in ("failed", "sent") if f"{name}@example.org" in content}
    assert found == shown


def test_the_log_is_sorted_by_the_column_in_the_address(client):
    owner = create_owner()
    create_sent(owner, "bo@example.org")
    create_sent(owner, "ada@example.org")

    content = page_of(client, owner, sort="recipient")

    assert content.index("ada@example.org") < content.index("bo@example.org")


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_log_costs_the_same_however_long(client, django_assert_num_queries, count):
    owner = create_owner()
    for number in range(count):
        create_failed(owner, f"person{number}@example.org")
    login(client, owner)
    client.get(url(owner, "message_log"))

    with django_assert_num_queries(11):
        content = client.get(url(owner, "message_log")).content.decode()

    assert content.count('<th scope="row"') == min(count, 25)


def test_htmx_gets_the_table_only(client):
    owner = create_owner()
    create_message(owner)

    response = login(client, owner).get(url(owner, "message_log"), headers={"HX-Request": "true"})

    content = response.content.decode()
    assert "<html" not in content
    assert 'id="messages"' in content


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ([Role.OWNER], 200),
        ([Role.PROGRAM_ADMIN], 200),
        ([Role.HR_ANALYST], 403),
        ([], 403),
    ],
)
def test_only_those_who_may_see_the_log(client, roles, status):
    member = create_member(roles=roles)

    assert login(client, member).get(url(member, "message_log")).status_code == status


def test_a_failed_message_is_sent_again_on_the_record(client):
    owner = create_owner()
    message = create_failed(owner)

    response = login(client, owner).post(
        url(owner, "message_resend", message.pk), QUERY_STRING="state=quarantined"
    )

    assert response.status_code == 302
    assert response["Location"] == url(owner, "message_log") + "?state=quarantined"
    assert state_of(message) == State.QUEUED
    with inside(owner.organization_id):
        event = AuditEvent.objects.get(action=Action.MESSAGE_RESENT)
    assert (event.actor_id, event.subject_id) == (owner.pk, message.pk)
    assert event.subject_name == "ada@example.org"


def test_sending_again_twice_sends_once(client):
    owner = create_owner()
    message = create_failed(owner)
    login(client, owner)

    client.post(url(owner, "message_resend", message.pk))
    response = client.post(url(owner, "message_resend", message.pk), follow=True)

    assert "has not failed" in response.content.decode()
    with inside(owner.organization_id):
        assert AuditEvent.objects.filter(action=Action.MESSAGE_RESENT).count() == 1


def test_an_expired_message_is_not_sent_again(client):
    owner = create_owner()
    message = create_failed(owner, expires_at=NOON)

    response = login(client, owner).post(url(owner, "message_resend", message.pk), follow=True)

    assert "This message has expired." in response.content.decode()
    assert state_of(message) == State.QUARANTINED


def test_a_strangers_message_and_none_at_all_give_the_same_answer(client):
    owner, stranger = create_owner(), create_owner()
    theirs = create_failed(stranger)
    login(client, owner)

    foreign = client.post(url(owner, "message_resend", theirs.pk))
    missing = client.post(url(owner, "message_resend", uuid7()))

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content
    assert state_of(theirs) == State.QUARANTINED


def test_members_cannot_send_again(client):
    owner = create_owner()
    message = create_failed(owner)
    member = create_member(owner.organization)

    response = login(client, member).post(url(member, "message_resend", message.pk))

    assert response.status_code == 403
    assert state_of(message) == State.QUARANTINED


def test_only_failed_messages_offer_to_be_sent_again(client):
    owner = create_owner()
    create_sent(owner, "sent@example.org")
    assert "Send again" not in page_of(client, owner)

    create_failed(owner)
    assert "Send again" in page_of(client, owner)
