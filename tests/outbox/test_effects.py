"""In-app effects: done in the transaction that marks them, so exactly once."""

from collections import Counter

import pytest

from mentoring.lib.ids import uuid7
from mentoring.outbox import registry
from mentoring.outbox.enums import Channel, Reason, State
from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind
from tests.factories import inside
from tests.outbox.test_claims import at_once


class Bells:
    """An effect that writes a row: a message about the message."""

    def __init__(self) -> None:
        self.unwanted = set()
        self.poison = set()
        self.calls = 0

    def find_unwanted(self, messages, now):
        return {each.pk: Reason.WITHDRAWN for each in messages if each.subject_id in self.unwanted}

    def apply(self, messages, now):
        self.calls += 1
        Message.objects.bulk_create(
            Message(
                kind="tests.rung",
                recipient=each.recipient,
                subject_id=uuid7(),
                occurrence="1",
                due_at=now,
                state=State.SENT,
                finished_at=now,
                created_at=now,
            )
            for each in messages
        )
        if any(each.subject_id in self.poison for each in messages):
            raise ZeroDivisionError


@pytest.fixture
def bells(monkeypatch):
    bells = Bells()
    kind = EffectKind(
        name="tests.bell", label="Bell", unwanted=bells.find_unwanted, apply=bells.apply
    )
    monkeypatch.setitem(registry._kinds, kind.name, kind)
    return bells


@pytest.fixture
def ring(add, bells):
    return lambda recipient, **more: add(recipient, kind="tests.bell", **more)


@pytest.fixture
def rung(organization):
    """How often the effect came about, by recipient."""

    def rung():
        with inside(organization):
            rows = Message.objects.filter(kind="tests.rung").values_list("recipient", flat=True)
            return Counter(rows)

    return rung


def test_a_batch_is_applied_together_and_marked(ring, deliver, rung, bells, state):
    messages = [ring(f"member-{number}") for number in range(20)]

    deliver()

    assert rung() == {f"member-{number}": 1 for number in range(20)}
    assert bells.calls == 1
    assert {(state(each).state, state(each).channel) for each in messages} == {
        (State.SENT, Channel.EFFECT)
    }


def test_eight_workers_apply_every_effect_exactly_once(ring, deliver, rung, monkeypatch):
    monkeypatch.setattr("mentoring.outbox.effects.BATCH", 7)
    for number in range(60):
        ring(f"member-{number}")

    at_once(8, lambda: deliver(seconds=20))

    assert rung() == {f"member-{number}": 1 for number in range(60)}


def test_a_poison_effect_is_found_and_leaves_nothing_behind(ring, deliver, rung, bells, state):
    messages = [ring(f"member-{number}") for number in range(20)]
    bells.poison = {messages[3].subject_id, messages[11].subject_id}

    deliver()

    fine = [number for number in range(20) if number not in (3, 11)]
    assert rung() == {f"member-{number}": 1 for number in fine}
    for number in (3, 11):
        failed = state(messages[number])
        assert (failed.state, failed.attempts) == (State.QUEUED, 1)
        assert (failed.reason, failed.detail) == (Reason.BROKEN, "ZeroDivisionError")


def test_effects_that_nobody_wants_or_that_are_late_are_left_out(
    ring, deliver, rung, bells, state, clock
):
    unwanted, late, wanted = (
        ring("member-1"),
        ring("member-2", expires_at=clock()),
        ring("member-3"),
    )
    bells.unwanted = {unwanted.subject_id}

    deliver()

    assert rung() == {"member-3": 1}
    assert [state(each).state for each in (unwanted, late, wanted)] == [
        State.SKIPPED,
        State.EXPIRED,
        State.SENT,
    ]


def test_mails_and_effects_are_delivered_in_the_same_slice(add, ring, deliver, rung, post):
    add("ada@example.org")
    ring("member-1")

    assert deliver() is False

    assert post.recipients == ["ada@example.org"]
    assert rung() == {"member-1": 1}


def test_effects_go_on_while_the_mail_server_is_away(add, ring, deliver, rung, settings, port):
    settings.MAILERS["default"]["BACKEND"] = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS["default"]["OPTIONS"] = {"host": "127.0.0.1", "port": port}
    add("ada@example.org")
    ring("member-1")

    assert deliver() is False

    assert rung() == {"member-1": 1}
