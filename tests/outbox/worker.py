"""A real Celery worker process against this test's database, broker and mail server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
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
            end(worker, log)


def end(worker: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for its end; if it does not come, fail with what each of its threads is doing."""
    try:
        worker.wait(30)
    except subprocess.TimeoutExpired:
        worker.send_signal(signal.SIGUSR1)
        time.sleep(2)
        worker.kill()
        pytest.fail(f"The worker did not end:\n{log.read_text(errors='replace')[-8000:]}")


def answers() -> bool:
    try:
        return bool(current_app.control.ping(timeout=0.5))
    except (KombuError, OSError):
        return False
