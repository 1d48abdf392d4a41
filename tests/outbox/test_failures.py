"""What happens when a message cannot be sent."""

from datetime import timedelta

import pytest

from mentoring.lib.mailers import mailer_from_url
from mentoring.outbox.enums import Reason, State
from mentoring.outbox.models import Message
from mentoring.outbox.operations import NotAgain, TooLate, send_again
from mentoring.outbox.retries import LONGEST, delay
from tests.factories import inside


def test_a_temporary_refusal_is_tried_again_later(add, deliver, post, state, clock):
    post.refuse["ada@example.org"] = "451 4.7.1 <ada@example.org> greylisted"
    message = add()

    deliver()

    waiting = state(message)
    assert (waiting.state, waiting.attempts) == (State.QUEUED, 1)
    assert (waiting.reason, waiting.detail) == (Reason.DELAYED, "451")
    assert waiting.look_at == clock() + delay(message.pk, 1)

    post.refuse.clear()
    deliver()
    assert post.recipients == []

    clock.now = waiting.look_at
    deliver()
    sent = state(message)
    assert (sent.state, sent.attempts, sent.reason) == (State.SENT, 2, "")


def test_a_refusal_for_good_goes_to_quarantine_at_once(add, deliver, post, state):
    post.refuse["ada@example.org"] = "550 5.1.1 <ada@example.org> unknown"
    message = add()

    deliver()

    failed = state(message)
    assert (failed.state, failed.attempts) == (State.QUARANTINED, 1)
    assert (failed.reason, failed.detail) == (Reason.REFUSED, "550")


def test_content_that_is_refused_goes_to_quarantine(add, deliver, post, state):
    post.refuse_data["ada@example.org"] = "554 5.7.1 looks like spam"
    message = add()

    deliver()

    assert (state(message).state, state(message).detail) == (State.QUARANTINED, "554")


def test_a_server_that_takes_no_mail_from_us_is_asked_again(add, deliver, post, state):
    post.refuse_sender = "550 5.7.1 sender rejected"
    message = add()

    deliver()

    assert (state(message).state, state(message).reason) == (State.QUEUED, Reason.SENDER)


@pytest.mark.parametrize(
    "address", ["ada", "ada@", "ada@example.org, bo@example.org", "ä@example.org"]
)
def test_an_address_that_is_none_goes_to_quarantine(add, deliver, post, state, address):
    message = add(address)

    deliver()

    assert (state(message).state, state(message).reason) == (State.QUARANTINED, Reason.ADDRESS)
    assert post.recipients == []


def test_after_eight_attempts_a_message_waits_for_a_person(add, deliver, post, state, clock):
    post.refuse["ada@example.org"] = "451 later"
    message = add()

    for _ in range(20):
        deliver()
        clock.now = state(message).look_at or clock.now

    failed = state(message)
    assert (failed.state, failed.attempts, failed.reason) == (State.QUARANTINED, 8, Reason.DELAYED)
    assert timedelta(hours=15) < failed.finished_at - message.due_at < timedelta(hours=26)


def test_how_often_is_a_setting(add, deliver, post, state, settings):
    settings.OUTBOX_ATTEMPTS = 1
    post.refuse["ada@example.org"] = "451 later"
    message = add()

    deliver()

    assert state(message).state == State.QUARANTINED


def test_a_poison_message_does_not_hold_up_its_batch(add, deliver, post, notes, state):
    messages = [add(f"person{number}@example.org") for number in range(10)]
    notes.poison.add(messages[3].subject_id)

    deliver()

    assert len(post.mails) == 9
    poison = state(messages[3])
    assert (poison.state, poison.reason) == (State.QUEUED, Reason.BROKEN)
    assert poison.detail == "ZeroDivisionError"


def test_a_message_that_breaks_the_database_transaction_is_noted(add, deliver, post, notes, state):
    message, _other = add("ada@example.org"), add("bo@example.org")
    notes.breaks_transaction.add(message.subject_id)

    deliver()

    assert (state(message).reason, state(message).detail) == (Reason.BROKEN, "IntegrityError")
    assert post.recipients == ["bo@example.org"]


def test_a_kind_from_another_release_is_tried_again(add, deliver, post, organization, state):
    message = add()
    with inside(organization):
        Message.objects.filter(pk=message.pk).update(kind="pairings.from_tomorrow")

    deliver()

    assert (state(message).state, state(message).reason) == (State.QUEUED, Reason.UNKNOWN)


def test_while_the_mail_server_is_away_only_one_message_loses_an_attempt(
    add, deliver, port, settings, state, clock
):
    settings.MAILERS = {"default": mailer_from_url(f"smtp://127.0.0.1:{port}")}
    messages = [add(f"person{number}@example.org") for number in range(5)]

    assert deliver() is False

    found = [state(message) for message in messages]
    assert sorted(each.attempts for each in found) == [0, 0, 0, 0, 1]
    assert {each.state for each in found} == {State.QUEUED}
    assert [each.reason for each in found if each.attempts] == [Reason.UNREACHABLE]
    assert min(each.look_at for each in found) > clock()


def test_a_connection_that_the_server_closes_is_opened_again(add, deliver, post, state):
    post.refuse["ada@example.org"] = "421 closing, try later"
    first = add("ada@example.org")
    second = add("bo@example.org")

    deliver()

    assert (state(first).state, state(first).detail) == (State.QUEUED, "421")
    assert state(second).state == State.SENT
    assert post.connections == 2


def test_waiting_grows_and_is_the_same_for_the_same_attempt(add):
    message = add()
    delays = [delay(message.pk, attempt) for attempt in range(1, 12)]

    assert delays == [delay(message.pk, attempt) for attempt in range(1, 12)]
    for attempt, waited in enumerate(delays, start=1):
        whole = min(timedelta(minutes=4 ** (attempt - 1)), LONGEST)
        assert 0.8 * whole <= waited <= 1.2 * whole


def test_messages_that_failed_together_do_not_come_back_together(add):
    delays = {delay(add(f"person{number}@example.org").pk, 1) for number in range(20)}

    assert len(delays) == 20


def test_logs_name_neither_address_nor_words_of_the_server(add, deliver, post, caplog):
    post.refuse["ada@example.org"] = "550 no <ada@example.org> here"
    add()

    with caplog.at_level("DEBUG"):
        deliver()

    ours = [record for record in caplog.records if record.name != "mail.log"]
    text = "\n".join(f"{record.msg} {record.getMessage()}" for record in ours)
    assert "outbox_message_failed" in text
    assert "ada" not in text


def test_a_failed_message_can_be_sent_again(add, deliver, post, state, organization, clock):
    post.refuse["ada@example.org"] = "550 unknown"
    message = add()
    deliver()
    post.refuse.clear()

    with inside(organization):
        send_again(message_id=message.pk, now=clock())
    deliver()

    sent = state(message)
    assert (sent.state, sent.attempts, sent.reason) == (State.SENT, 1, "")


def test_only_failed_messages_can_be_sent_again(add, organization, clock):
    message = add()

    with pytest.raises(NotAgain), inside(organization):
        send_again(message_id=message.pk, now=clock())


def test_a_failed_message_that_has_expired_stays_where_it_is(
    add, deliver, post, organization, clock, state
):
    post.refuse["ada@example.org"] = "550 unknown"
    message = add(expires_at=clock() + timedelta(hours=1))
    deliver()
    clock.advance(hours=1)

    with pytest.raises(TooLate), inside(organization):
        send_again(message_id=message.pk, now=clock())

    assert state(message).state == State.QUARANTINED
