"""Whether a process lives, and whether it can serve."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connections
from django.test import Client

from mentoring.outbox import figures

ROOT = Path(__file__).resolve().parents[2]
NOTHING = {
    "waiting": 0,
    "due": 0,
    "oldest_due_seconds": 0.0,
    "quarantined": 0,
    "sent_last_hour": 0,
    "lateness": None,
}


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures of one test are not the next one's."""
    monkeypatch.setattr(figures, "_kept", figures._Kept())


def test_alive_needs_nobody(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


def test_ready_with_database_and_broker(committed_db: None, client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "state": "ready",
        "checks": {
            "database": {"state": "ok", "migrations_waiting": 0},
            "broker": {"state": "ok"},
        },
        "outbox": {"state": "ok", "mail": NOTHING, "effect": NOTHING},
    }


def test_a_dead_broker_is_told_but_pages_go_on(
    committed_db: None, client: Client, settings: LazySettings, free_port: int
) -> None:
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port}/0"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["checks"]["broker"] == {"state": "unreachable"}


def test_not_ready_while_migrations_wait(committed_db: None, client: Client) -> None:
    with connections["owner"].cursor() as cursor:
        # The last one, so that exactly one waits.
        cursor.execute(
            "DELETE FROM django_migrations WHERE id ="
            " (SELECT max(id) FROM django_migrations WHERE app = 'outbox')"
        )
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == {
        "state": "migrations waiting",
        "migrations_waiting": 1,
    }


def test_not_ready_without_a_database() -> None:
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "answer = Client().get('/readyz')\n"
        "print(answer.status_code, answer.json()['checks']['database']['state'])\n"
        "print(Client().get('/healthz').status_code)\n"
    )
    gone = "postgresql://nobody:nothing@/nowhere?host=/nonexistent&connect_timeout=1"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "mentoring.settings", "DATABASE_URL": gone},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.split() == ["503", "unreachable", "200"], done.stderr


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_they_answer_to_reading_only(db: None, client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
