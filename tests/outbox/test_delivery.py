"""One message from the decision to the mailbox."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from mentoring.lib.ids import uuid7
from mentoring.outbox.enums import Reason, State
from mentoring.outbox.headers import sender_domain
from mentoring.outbox.models import Message
from mentoring.outbox.operations import enqueue, enqueue_all, move
from mentoring.outbox.registry import UnknownKind
from mentoring.tenancy.scope import OutsideOrganization
from tests.factories import create_organization, inside


def test_a_due_message_is_sent_once_and_marked(add, deliver, post, state, clock):
    message = add("Ada@Example.org")

    assert deliver() is False
    assert deliver() is False

    assert post.recipients == ["Ada@Example.org"]
    sent = state(message)
    assert (sent.state, sent.attempts, sent.finished_at) == (State.SENT, 1, clock())
    assert (sent.look_at, sent.claim, sent.reason) == (None, None, "")


def test_the_same_occasion_again_is_the_same_message(add, deliver, post):
    first = add("ada@example.org", subject_id=uuid4(), occurrence="7")

    again = add("ADA@example.org ", subject_id=first.subject_id, occurrence="7")
    deliver()
    after_sending = add("ada@example.org", subject_id=first.subject_id, occurrence="7")
    deliver()

    assert again == after_sending == first
    assert post.recipients == ["ada@example.org"]


def test_another_occasion_or_recipient_is_another_message(add, deliver, post):
    first = add("ada@example.org")

    add("ada@example.org", subject_id=first.subject_id, occurrence="2")
    add("bo@example.org", subject_id=first.subject_id, occurrence="1")
    deliver()

    assert sorted(post.recipients) == ["ada@example.org", "ada@example.org", "bo@example.org"]


def test_many_messages_are_kept_at_once(organization, notes, deliver, post, clock):
    wanted = [(f"person{number}@example.org", uuid7(), "1") for number in range(10)]

    with CaptureQueriesContext(connection) as queries:
        for _ in range(2):
            with inside(organization):
                enqueue_all(kind=notes.name, wanted=wanted, due_at=clock())
    deliver()

    assert post.counts == {address: 1 for address, _, _ in wanted}
    assert len([query for query in queries if "INSERT" in query["sql"]]) == 2


def test_a_decision_that_is_rolled_back_sends_nothing(add, organization, deliver, post):
    with pytest.raises(ZeroDivisionError), inside(organization):
        add()
        raise ZeroDivisionError

    deliver()

    assert post.recipients == []


def test_a_kind_that_nobody_registered_is_refused_at_once(organization):
    with pytest.raises(UnknownKind), inside(organization):
        enqueue(
            kind="tests.unheard",
            recipient="ada@example.org",
            subject_id=uuid4(),
            occurrence="1",
            due_at=organization.created_at,
        )


def test_enqueueing_outside_an_organization_is_refused(committed_db, notes, clock):
    with pytest.raises(OutsideOrganization), transaction.atomic():
        enqueue(
            kind=notes.name,
            recipient="ada@example.org",
            subject_id=uuid4(),
            occurrence="1",
            due_at=clock(),
        )


def test_a_message_waits_until_it_is_due(add, deliver, post, clock):
    add(due_at=clock() + timedelta(minutes=5))

    deliver()
    assert post.recipients == []

    clock.advance(minutes=5)
    deliver()
    assert post.recipients == ["ada@example.org"]


def test_what_waits_can_be_moved_and_what_is_due_or_sent_stays(
    add, deliver, organization, notes, post, clock, state
):
    sent, others = add(), add(due_at=clock() + timedelta(hours=2))
    deliver()
    late, due = add(due_at=clock() + timedelta(hours=2)), add("bo@example.org")
    clock.advance(seconds=1)
    times = {"due_at": clock() + timedelta(hours=1), "expires_at": clock() + timedelta(hours=3)}

    with inside(organization):
        keys = [each.subject_id for each in (sent, late, due)]
        assert move(kind=notes.name, subject_ids=keys, now=clock(), **times) == 1

    moved = state(late)
    assert (moved.due_at, moved.look_at, moved.expires_at) == (times["due_at"], *times.values())
    for each in (sent, due, others):
        assert state(each).due_at == each.due_at
    deliver()
    assert len(post.mails) == 2
    clock.advance(hours=1)
    deliver()
    assert len(post.mails) == 3


def test_a_message_that_is_not_wanted_any_more_is_skipped(add, deliver, post, notes, state):
    message = add()
    notes.unwanted.add(message.subject_id)

    deliver()

    skipped = state(message)
    assert (skipped.state, skipped.reason) == (State.SKIPPED, Reason.WITHDRAWN)
    assert post.recipients == []


def test_a_message_past_its_time_expires_without_asking_anybody(add, deliver, notes, state, clock):
    message = add(expires_at=clock() + timedelta(minutes=1))
    clock.advance(minutes=1)

    deliver()

    assert (state(message).state, notes.asked) == (State.EXPIRED, [])


def test_the_message_id_is_derived_from_the_row(add, deliver, post):
    message = add()

    deliver()

    assert post.mail_to("ada@example.org")["Message-ID"] == f"<{message.pk}@{sender_domain()}>"


def test_one_connection_carries_a_whole_batch(add, deliver, post):
    for number in range(60):
        add(f"person{number}@example.org")

    deliver(seconds=30)

    assert (len(post.mails), post.connections) == (60, 1)


def test_organizations_send_their_own_messages_only(add, deliver, post, organization):
    stranger = create_organization()
    add()

    deliver(of=stranger)
    assert post.recipients == []

    deliver(of=organization)
    assert post.recipients == ["ada@example.org"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": State.SENT},
        {"state": State.CLAIMED},
        {"look_at": None},
        {"claim": uuid4()},
        {"state": State.QUARANTINED, "look_at": None, "finished_at": "2026-11-23T12:00Z"},
        {"state": State.SKIPPED, "look_at": None, "finished_at": "2026-11-23T12:00Z"},
        {"finished_at": "2026-11-23T12:00Z"},
    ],
)
def test_the_database_refuses_states_that_make_no_sense(add, organization, wrong):
    message = add()

    with pytest.raises(IntegrityError), inside(organization):
        Message.objects.filter(pk=message.pk).update(**wrong)
