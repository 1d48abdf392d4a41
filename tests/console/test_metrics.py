"""Figures of the outbox at /metrics and in the detail of /readyz."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from accounts.models import Organization
from mentoring.lib.ids import uuid7
from mentoring.outbox import figures
from mentoring.outbox.enums import Channel, Reason, State
from mentoring.outbox.models import Message
from tests.factories import create_organization, inside

TOKEN = "a token for tests"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    monkeypatch.setattr(figures, "_kept", figures._Kept())
    settings.METRICS_TOKEN = TOKEN


def add(organization: Organization, channel: Channel, state: State, **times: datetime) -> None:
    """One message as it may stand in the table."""
    with inside(organization):
        Message.objects.create(
            kind="tests.note",
            channel=channel,
            recipient="ada@example.org",
            subject_id=uuid7(),
            occurrence="1",
            state=state,
            reason=Reason.BROKEN if state == State.QUARANTINED else "",
            created_at=times["due_at"],
            **times,
        )


@pytest.fixture
def now(committed_db: object) -> datetime:
    """In two organizations: mails that wait, went out and were given up; an effect in time."""
    now = timezone.now()
    for organization in (create_organization("Acme Secret"), create_organization()):
        for late in (1, 2, 3, 100):
            due_at = now - timedelta(seconds=late + 60)
            done = {"due_at": due_at, "finished_at": due_at + timedelta(seconds=late)}
            add(organization, Channel.MAIL, State.SENT, **done)
        old = {"due_at": now - 3 * HOUR, "finished_at": now - 2 * HOUR}
        add(organization, Channel.MAIL, State.SENT, **old)
        add(organization, Channel.MAIL, State.QUARANTINED, **old)
        add(organization, Channel.MAIL, State.QUEUED, due_at=now + HOUR, look_at=now + HOUR)
        add(organization, Channel.MAIL, State.QUEUED, due_at=now - HOUR, look_at=now - HOUR)
        add(organization, Channel.EFFECT, State.QUEUED, due_at=now + HOUR, look_at=now + HOUR)
    return now


def metrics(client: Client) -> dict[str, dict[str, float]]:
    """Name to labels to value, read by the library's own parser."""
    answer = client.get("/metrics", headers=BEARER)
    assert answer.status_code == 200
    return {
        family.name: {",".join(sample.labels.values()): sample.value for sample in family.samples}
        for family in text_string_to_metric_families(answer.content.decode())
    }


def test_totals_by_channel_in_the_text_format_of_prometheus(now: datetime, client: Client) -> None:
    found = metrics(client)
    oldest = found.pop("mentoring_outbox_oldest_due_seconds")
    assert HOUR.total_seconds() <= oldest["mail"] < HOUR.total_seconds() + 60
    assert oldest["effect"] == 0
    assert found == {
        "mentoring_outbox_up": {"": 1},
        "mentoring_outbox_waiting": {"mail": 4, "effect": 2},
        "mentoring_outbox_due": {"mail": 2, "effect": 0},
        "mentoring_outbox_quarantined": {"mail": 2, "effect": 0},
        "mentoring_outbox_sent_last_hour": {"mail": 8, "effect": 0},
        "mentoring_outbox_lateness_seconds": {"mail,0.5": 2.5, "mail,0.95": 100, "mail,1": 100},
    }


def test_nobody_was_late_while_a_reader_wanted_no_mail(
    committed_db: object, client: Client
) -> None:
    now = timezone.now()
    times = {"due_at": now - 2400 * HOUR, "put_off_to": now - HOUR / 2}
    finished_at = times["put_off_to"] + timedelta(seconds=4)
    add(create_organization(), Channel.MAIL, State.SENT, finished_at=finished_at, **times)
    assert metrics(client)["mentoring_outbox_lateness_seconds"]["mail,1"] == 4


def test_ready_tells_the_same_and_of_no_organization(now: datetime, client: Client) -> None:
    answer = client.get("/readyz")
    outbox = answer.json()["outbox"]
    assert outbox["state"] == "ok"
    assert outbox["mail"].pop("oldest_due_seconds") > 3599
    assert outbox["mail"] == {
        "waiting": 4,
        "due": 2,
        "quarantined": 2,
        "sent_last_hour": 8,
        "lateness": {"p50": 2.5, "p95": 100, "max": 100},
    }
    assert outbox["effect"]["waiting"] == 2
    for page in (answer, client.get("/metrics", headers=BEARER)):
        assert b"ecret" not in page.content
        assert b"tests.note" not in page.content


@pytest.mark.parametrize("sent", [None, "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer "])
def test_only_for_the_token(db: None, client: Client, sent: str | None) -> None:
    answer = client.get("/metrics", headers={"Authorization": sent} if sent else {})
    assert (answer.status_code, answer.content) == (401, b"")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_without_a_token_in_the_settings_there_is_no_such_page(
    db: None, client: Client, settings: LazySettings
) -> None:
    settings.METRICS_TOKEN = ""
    for headers in ({}, BEARER, {"Authorization": "Bearer "}):
        assert client.get("/metrics", headers=headers).status_code == 404


def test_a_figure_that_takes_too_long_is_left_out(now: datetime, client: Client) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("LOCK TABLE outbox_message IN ACCESS EXCLUSIVE MODE")
        answer = client.get("/readyz")
        assert metrics(client)["mentoring_outbox_up"] == {"": 0}
    assert (answer.status_code, answer.json()["outbox"]) == (200, {"state": "unknown"})


def test_a_figure_that_fails_is_left_out(now: datetime, client: Client) -> None:
    with connections["owner"].cursor() as cursor:
        role = connections["system"].settings_dict["USER"]
        cursor.execute(f'REVOKE SELECT (finished_at) ON outbox_message FROM "{role}"')
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["outbox"]) == (200, {"state": "unknown"})
    assert metrics(client)["mentoring_outbox_waiting"] == {}


def test_they_are_asked_for_once_in_ten_seconds(
    now: datetime, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = timezone.now()
    first = figures.recent_figures(now=moment, patience=1)
    assert figures.recent_figures(now=moment + HOUR, patience=1) is first
    figures._kept.since -= figures.KEPT
    later = figures.recent_figures(now=moment + 2 * HOUR, patience=1)
    assert later["effect"].due == 2


def test_the_system_role_reads_no_more_of_a_message_than_it_takes_to_count(
    committed_db: object,
) -> None:
    with connections["system"].cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.column_privileges"
            " WHERE table_name = 'outbox_message' AND grantee = current_user ORDER BY 1"
        )
        readable = [name for (name,) in cursor.fetchall()]
    assert readable == [
        "channel", "due_at", "finished_at", "look_at", "organization_id", "put_off_to", "state",
    ]  # fmt: skip


def test_a_million_rows_are_read_through_indexes(committed_db: object) -> None:
    with connections["system"].cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        for query in (figures.WAITING, figures.QUARANTINED, figures.LATENESS):
            values = {"now": datetime.now(UTC), "since": datetime.now(UTC), "sample": 5}
            cursor.execute(f"EXPLAIN {query}", values)
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "Index" in plan, plan
            assert "Seq Scan" not in plan, plan
