"""Many workers at once, and workers that vanish."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections

from mentoring.lib.ids import uuid7
from mentoring.outbox import claims, mails
from mentoring.outbox.brand import product_brand
from mentoring.outbox.claims import LEASE, SENDING, claim_mails
from mentoring.outbox.enums import Reason, State
from mentoring.outbox.models import Message
from mentoring.outbox.transport import Postman
from mentoring.tenancy.scope import within
from tests.factories import inside


def at_once(count: int, work: Callable[[], object]) -> None:
    """Run the work in threads that all start together."""
    start = threading.Barrier(count)
    errors = []

    def run() -> None:
        start.wait()
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the test reports it
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.fixture
def send(organization, clock):
    """Send one claimed message."""

    def send(message_id, key, now=clock):
        with within(organization), Postman() as postman:
            mails.deliver_one(message_id, key, postman, product_brand, clock=now)

    return send


@pytest.fixture
def claim(organization, clock):
    """Claim as a worker does."""

    def claim(limit=50):
        with within(organization):
            return claim_mails(now=clock(), limit=limit)

    return claim


def test_eight_workers_send_every_message_exactly_once(add, deliver, post, organization):
    messages = [add(f"person{number}@example.org") for number in range(60)]

    at_once(8, lambda: deliver(seconds=20))

    assert post.counts == {message.address: 1 for message in messages}
    with inside(organization):
        assert Message.objects.filter(state=State.SENT).count() == 60


def test_ten_threads_that_enqueue_the_same_make_one_message(add, deliver, post, organization):
    subject_id = uuid7()

    at_once(10, lambda: add("ada@example.org", subject_id=subject_id))
    deliver()

    assert post.recipients == ["ada@example.org"]
    with inside(organization):
        assert Message.objects.count() == 1


def test_a_claimed_message_belongs_to_nobody_else_during_its_lease(add, claim, clock):
    message = add()

    assert claim().message_ids == [message.pk]
    clock.advance(seconds=LEASE.total_seconds() - 1)
    assert claim().message_ids == []

    clock.advance(seconds=1)
    assert claim().message_ids == [message.pk]


def test_whoever_lost_the_claim_does_not_send(add, claim, send, clock, post, state):
    message = add()
    late = claim()
    clock.advance(seconds=LEASE.total_seconds())
    current = claim()

    send(message.pk, late.key)
    assert post.recipients == []

    send(message.pk, current.key)
    assert post.recipients == ["ada@example.org"]
    assert state(message).state == State.SENT


def test_sending_does_not_begin_when_it_might_outlast_the_lease(add, claim, send, clock, post):
    message = add()
    claimed = claim()
    clock.now += LEASE - SENDING + timedelta(seconds=1)

    send(message.pk, claimed.key)

    assert post.recipients == []


def test_what_is_withdrawn_after_the_claim_is_not_sent(add, claim, send, notes, post, state):
    message = add()
    claimed = claim()
    notes.unwanted.add(message.subject_id)

    send(message.pk, claimed.key)

    assert post.recipients == []
    assert (state(message).state, state(message).reason) == (State.SKIPPED, Reason.WITHDRAWN)


def test_what_expires_after_the_claim_is_not_sent(add, claim, send, clock, post, state):
    message = add(expires_at=clock() + timedelta(seconds=30))
    claimed = claim()
    clock.advance(seconds=30)

    send(message.pk, claimed.key)

    assert post.recipients == []
    assert state(message).state == State.EXPIRED


def test_what_there_was_no_time_for_is_given_back(add, deliver, post, organization):
    for number in range(10):
        add(f"person{number}@example.org")

    assert deliver(seconds=0) is True

    with inside(organization):
        states = list(Message.objects.order_by("state").values_list("state", "attempts", "claim"))
    assert states == [(State.QUEUED, 0, None)] * 9 + [(State.SENT, 1, None)]


def test_a_message_whose_worker_vanished_is_taken_alone(add, claim, clock, state):
    messages = [add(f"person{number}@example.org") for number in range(3)]
    claim()
    clock.now += LEASE

    taken = claim()

    assert len(taken.message_ids) == 1
    attempts = {message.pk: state(message).attempts for message in messages}
    assert attempts == {key: int(key in taken.message_ids) for key in attempts}


def test_a_message_that_kills_its_workers_ends_in_quarantine(add, claim, clock, state, settings):
    killer = add()

    for _ in range(settings.OUTBOX_ATTEMPTS + 1):
        claim()
        clock.now += LEASE

    failed = state(killer)
    assert (failed.state, failed.reason) == (State.QUARANTINED, Reason.CUT_SHORT)
    assert failed.attempts == settings.OUTBOX_ATTEMPTS
    assert claim().message_ids == []


def test_marking_before_sending_would_lose_a_message(add, claim, clock, post, organization):
    """The order is what is tested: a crash in between repeats the message, never loses it."""
    message = add()
    claimed = claim()
    crashed = []

    def crash(address: str) -> None:
        with inside(organization):
            row = Message.objects.values("state", "claim").get(pk=message.pk)
        crashed.append((address, row))

    post.on_mail = crash
    with within(organization), Postman() as postman:
        mails.deliver_one(message.pk, claimed.key, postman, product_brand, clock=clock)

    assert crashed == [("ada@example.org", {"state": State.CLAIMED, "claim": claimed.key})]


def test_while_it_is_sent_the_message_is_locked(add, claim, send, post, organization):
    message = add()
    claimed = claim()
    free = []

    def look(address: str) -> None:
        with inside(organization):
            rows = Message.objects.select_for_update(skip_locked=True).filter(pk=message.pk)
            free.extend(rows)

    post.on_mail = look
    send(message.pk, claimed.key)

    assert (post.recipients, free) == (["ada@example.org"], [])


def test_a_claim_that_was_given_back_holds_nothing(add, claim, organization, clock):
    message = add()
    claimed = claim()

    with within(organization):
        claims.give_back(claimed.message_ids, claimed.key, look_at=clock())

    assert claim().message_ids == [message.pk]


def test_a_message_that_somebody_holds_is_passed_by(add, claim, organization):
    messages = [add(f"person{number}@example.org") for number in range(3)]
    claimed = []

    def work() -> None:
        try:
            claimed.extend(claim().message_ids)
        finally:
            connections.close_all()

    with inside(organization):
        Message.objects.select_for_update().get(pk=messages[1].pk)
        other = threading.Thread(target=work)
        other.start()
        other.join(5)
    other.join()

    assert set(claimed) == {messages[0].pk, messages[2].pk}
