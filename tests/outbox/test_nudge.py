"""Telling workers to look, and a Redis that is dead."""

import json
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app
from django.db import connections, transaction
from django.utils import timezone

from mentoring.lib.ids import uuid7
from mentoring.outbox import jobs, nudge
from mentoring.outbox.enums import State
from mentoring.outbox.models import Message
from mentoring.outbox.queries import ORGANIZATIONS_WITH_WORK
from tests.factories import create_organization, inside

# A nudge may be lost to a busy machine, by design; a fault fails every time.
pytestmark = pytest.mark.flaky(reruns=2)


@pytest.fixture
def broker_at(monkeypatch):
    """Let the broker be at another port."""

    def broker_at(port: int) -> None:
        monkeypatch.setattr(current_app.conf, "broker_write_url", f"redis://127.0.0.1:{port}/0")

    return broker_at


@pytest.fixture
def system_cursor(committed_db: object) -> Iterator[Any]:
    with connections["system"].cursor() as cursor:
        yield cursor


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where somebody listens but never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_transaction_asks_once_after_its_commit(add, organization, queue):
    with inside(organization):
        for number in range(3):
            add(f"person{number}@example.org")
        assert queue.tasks() == []

    assert queue.tasks() == [("outbox.deliver", {"organization_id": str(organization.pk)})]


def test_a_transaction_that_is_rolled_back_asks_for_nothing(add, organization, queue):
    with pytest.raises(ZeroDivisionError), inside(organization):
        add()
        raise ZeroDivisionError

    assert queue.tasks() == []


def test_a_savepoint_that_is_rolled_back_takes_only_its_own_nudge_along(add, organization, queue):
    with inside(organization):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            add("ada@example.org")
            raise ZeroDivisionError
        add("bo@example.org")

    assert len(queue.tasks()) == 1


def test_a_slice_lasts_as_usual_unless_told_otherwise(organization, queue, clock):
    with nudge.broker() as connection:
        nudge.ask_to_deliver(connection, organization.pk, until=clock())
        nudge.ask_to_deliver(connection, organization.pk, until=clock(), seconds=0.5)

    usual = {"organization_id": str(organization.pk), "until": clock().isoformat()}
    asked = [arguments for _task, arguments in queue.tasks()]
    assert sorted(asked, key=len) == [usual, {**usual, "seconds": 0.5}]


def test_a_message_for_later_asks_for_nothing(add, clock, queue):
    add(due_at=clock.now.replace(year=2027), now=clock())

    assert queue.tasks() == []


def test_what_is_sent_to_redis_says_only_where_to_look(add, organization, queue):
    add("ada@example.org")

    (raw,) = queue.redis.lrange(queue.name, 0, -1)
    assert "ada" not in json.dumps(json.loads(raw))
    assert queue.tasks() == [("outbox.deliver", {"organization_id": str(organization.pk)})]


@pytest.mark.parametrize("kind", ["dead", "silent"])
def test_without_redis_deciding_costs_less_than_a_second(
    add, organization, broker_at, port, silent_port, kind
):
    broker_at({"dead": port, "silent": silent_port}[kind])
    add("first@example.org")
    nudge._Pause.until = 0.0

    started = time.monotonic()
    add("ada@example.org")
    assert time.monotonic() - started < 1

    started = time.monotonic()
    for number in range(20):
        add(f"person{number}@example.org")
    assert time.monotonic() - started < 2
    with inside(organization):
        assert Message.objects.filter(state=State.QUEUED).count() == 22


def test_without_redis_the_log_says_so_once_and_names_nobody(add, broker_at, port, caplog):
    broker_at(port)

    for number in range(3):
        add(f"person{number}@example.org")

    failures = [
        record.getMessage() for record in caplog.records if record.name == "mentoring.outbox.nudge"
    ]
    assert len(failures) == 1
    assert "outbox_nudge_failed" in failures[0]
    assert "example.org" not in failures[0]


def test_a_sweep_finds_what_no_nudge_told(add, organization, queue, clock):
    waiting, idle, late = create_organization(), create_organization(), create_organization()
    for other, due_at in ((waiting, clock()), (late, clock.now.replace(year=2027))):
        with inside(other):
            Message.objects.create(
                kind="tests.note",
                recipient="ada@example.org",
                subject_id=uuid7(),
                occurrence="1",
                due_at=due_at,
                look_at=due_at,
                created_at=clock(),
            )
    add()
    queue.empty()

    assert jobs.sweep(now=clock()) == 2

    asked = {arguments["organization_id"] for _, arguments in queue.tasks()}
    assert asked == {str(organization.pk), str(waiting.pk)}
    assert str(idle.pk) not in asked


def test_idle_workers_are_told_to_look_and_busy_ones_are_left_alone(
    add, organization, queue, clock
):
    add(due_at=clock())
    queue.empty()
    assert jobs.sweep_when_idle(now=clock()) == 1
    key, until = str(organization.pk), (clock() + jobs.IDLE_PERIOD).isoformat()
    (asked,) = {(name, words["organization_id"], words["until"]) for name, words in queue.tasks()}
    assert asked == ("outbox.deliver", key, until)
    waiting = len(queue.tasks())

    assert jobs.sweep_when_idle(now=clock()) == 0
    assert len(queue.tasks()) == waiting

    queue.empty()
    assert jobs.sweep_when_idle(now=clock()) == 1


def test_a_sweep_with_nothing_due_does_not_need_redis(organization, broker_at, port, clock):
    broker_at(port)

    assert jobs.sweep(now=clock()) == 0


def test_a_message_that_is_claimed_is_found_again_when_its_lease_has_run_out(
    add, organization, queue, clock
):
    message = add()
    with inside(organization):
        Message.objects.filter(pk=message.pk).update(
            state=State.CLAIMED, claim=uuid7(), look_at=clock.now.replace(minute=3)
        )

    assert jobs.sweep(now=clock()) == 0
    clock.advance(minutes=3)
    assert jobs.sweep(now=clock()) == 1


def test_the_sweep_may_see_nothing_but_who_has_work(add, system_cursor):
    add("ada@example.org")

    system_cursor.execute("SELECT count(look_at) FROM outbox_message")
    assert system_cursor.fetchone() == (1,)
    for statement in (
        "SELECT recipient FROM outbox_message",
        "SELECT kind FROM outbox_message",
        "UPDATE outbox_message SET look_at = NULL",
        "DELETE FROM outbox_message",
    ):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic("system"):
            system_cursor.execute(statement)


def test_a_sweep_over_a_large_backlog_reads_a_few_index_pages(add, organization, system_cursor):
    now = timezone.now()
    with inside(organization):
        Message.objects.bulk_create(
            Message(
                kind="tests.note",
                recipient=f"person{number}@example.org",
                subject_id=uuid7(),
                occurrence="1",
                due_at=now,
                look_at=now if number < 300 else None,
                state=State.QUEUED if number < 300 else State.SENT,
                finished_at=None if number < 300 else now,
                created_at=now,
            )
            for number in range(3000)
        )

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE outbox_message")

    system_cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {ORGANIZATIONS_WITH_WORK}", [now])
    scans = list(scans_in(system_cursor.fetchone()[0][0]["Plan"]))

    assert {scan["Index Name"] for scan in scans} == {"outbox_message_waiting"}
    assert max(scan["Actual Rows"] for scan in scans) == 1


def scans_in(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every step of the plan that reads the table."""
    if plan.get("Relation Name") == "outbox_message":
        yield plan
    for child in plan.get("Plans", []):
        yield from scans_in(child)
