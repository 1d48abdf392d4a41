"""A worker that is told to stop while it has a backlog."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.utils import timezone

from mentoring.outbox import drain
from mentoring.outbox.enums import State
from mentoring.outbox.models import Message
from mentoring.outbox.nudge import send_nudge
from tests.factories import create_owner, inside
from tests.outbox.test_worker import invite_many
from tests.outbox.worker import running_worker
from tests.plugins.databases import ROOT
from tests.plugins.web import wait_for

# Real workers on a busy machine may be late once; a fault fails every time.
pytestmark = pytest.mark.flaky(reruns=2)

MAILS = 300
# Two processes, each with a mail in hand, and what they do until the signal is heard.
IN_HAND = 10


def tell(worker: subprocess.Popen[bytes], *, group: bool) -> None:
    """SIGTERM, from a supervisor that knows one process or one that knows the whole group."""
    if group:
        os.killpg(worker.pid, signal.SIGTERM)
    else:
        worker.terminate()


@pytest.mark.parametrize(
    ("pool", "group"), [("prefork", False), ("prefork", True), ("threads", False)]
)
def test_it_ends_soon_and_another_takes_over_at_once(
    committed_db, queue, post, tmp_path, pool, group
):
    owner = create_owner()
    invite_many(owner, MAILS)
    post.on_mail = lambda _: time.sleep(0.1)
    with running_worker(tmp_path / "first.log", pool=pool, MAIL_URL=post.url) as worker:
        for _ in range(2):
            send_nudge(owner.organization_id)
        wait_for(lambda: len(post.mails) > 5, seconds=60)
        before = len(post.mails)
        tell(worker, group=group)
        worker.wait(20)
    sent = len(post.mails)
    log = (tmp_path / "first.log").read_text()

    assert sent - before <= IN_HAND
    assert "Traceback" not in log
    with inside(owner.organization_id):
        assert not Message.objects.filter(state=State.CLAIMED).exists()
        waiting = Message.objects.filter(state=State.QUEUED)
        assert set(waiting.values_list("attempts", flat=True)) == {0}
        assert waiting.filter(look_at__lte=timezone.now()).count() == MAILS - sent
    post.on_mail = None
    with running_worker(tmp_path / "second.log", MAIL_URL=post.url):
        # The first has asked for it. A slice lasts three seconds, so more have to be asked for.
        wait_for(lambda: len(post.counts) > sent, seconds=60)
        for _ in range(6):
            send_nudge(owner.organization_id)
        wait_for(lambda: len(post.counts) == MAILS, seconds=60)
    assert max(post.counts.values()) == 1


def test_beat_ends_soon(valkey_url, tmp_path):
    command = ["-m", "celery", "-A", "mentoring", "beat", "--scheduler", "celery.beat:Scheduler"]
    with (tmp_path / "beat.log").open("wb") as log:
        beat = subprocess.Popen(
            [sys.executable, *command, "--loglevel", "info"],
            cwd=ROOT,
            env={**os.environ, "LOG_LEVEL": "INFO"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        wait_for(lambda: b"beat: Starting" in (tmp_path / "beat.log").read_bytes(), seconds=60)
        beat.terminate()
        assert beat.wait(8) == 0


SLOW_MAIL = """
import os, signal, time
from mentoring.outbox import drain
with drain.finishing():
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(0.2)
    print("marked", drain.began(), flush=True)
print("never")
"""


def test_a_signal_between_sending_and_marking_waits():
    done = subprocess.run(
        [sys.executable, "-c", SLOW_MAIL], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (-signal.SIGTERM, "marked True\n")


def test_told_to_stop_it_takes_up_nothing(add, state, deliver, post, monkeypatch):
    message = add()
    monkeypatch.setattr(drain._Here, "told", True)
    assert deliver() is True
    assert state(message).state == State.QUEUED
    assert post.mails == []
