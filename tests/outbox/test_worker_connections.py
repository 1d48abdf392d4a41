"""What a worker does with its connections to PostgreSQL, from one task to the next."""

import pytest
from django.db import connection

from tests.factories import create_owner
from tests.outbox.test_worker import invite
from tests.outbox.worker import running_worker
from tests.plugins.web import wait_for

# Real workers on a busy machine may be late once; a fault fails every time.
pytestmark = pytest.mark.flaky(reruns=2)

OTHERS = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


def others() -> set[int]:
    """The backends that work for the application's role, without the one that answers."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        return {pid for (pid,) in cursor.fetchall()}


def end(pids: set[int]) -> None:
    """As a restart of PostgreSQL does, or a proxy that closes what is idle."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM unnest(%s) AS pid", [list(pids)]
        )


def test_they_are_kept_from_task_to_task_and_replaced_when_postgresql_has_ended_them(
    committed_db, patient, post, tmp_path
):
    owner = create_owner()
    ours = others()
    with running_worker(tmp_path / "worker.log", MAIL_URL=post.url):
        kept = set()
        for number in range(4):
            invite(owner, f"person{number}@example.org")
            wait_for(lambda number=number: len(post.mails) == number + 1, seconds=60)
            found = others() - ours
            assert kept <= found
            kept = found
        assert kept

        end(kept)
        assert not kept & others()
        invite(owner, "later@example.org")
        wait_for(lambda: "later@example.org" in post.recipients, seconds=60)
    assert "Traceback" not in (tmp_path / "worker.log").read_text()
