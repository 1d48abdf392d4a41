"""A real Celery worker process against this test's database, broker and mail server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import current_app
from kombu.exceptions import KombuError

from tests.plugins.databases import ROOT
from tests.plugins.web import wait_for

COMMAND = ["-m", "celery", "-A", "mentoring", "worker", "--concurrency", "2"]


def worker_command(pool: str = "prefork") -> list[str]:
    return [sys.executable, *COMMAND, "--pool", pool, "--loglevel", "warning", "--without-mingle"]


def worker_environment(**more: str) -> dict[str, str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "mentoring.settings", **more}
    environment.pop("PYTEST_XDIST_WORKER", None)
    return environment


@contextmanager
def running_worker(
    log: Path, *, pool: str = "prefork", **more: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that has answered a ping."""
    with log.open("wb") as output:
        worker = subprocess.Popen(
            worker_command(pool),
            env=worker_environment(**more),
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_for(lambda: worker.poll() is not None or answers(), seconds=60)
            assert worker.poll() is None, log.read_text(errors="replace")
            yield worker
        finally:
            worker.terminate()
            worker.wait(30)


def answers() -> bool:
    try:
        return bool(current_app.control.ping(timeout=0.5))
    except (KombuError, OSError):
        return False
