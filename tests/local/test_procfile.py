"""The Procfile with production settings: what operators start, configured by environment only."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from mentoring.celery import app
from mentoring.local.place import ROOT
from mentoring.local.probe import status_of
from tests.plugins import databases
from tests.plugins.web import wait_for

# Real processes on a busy machine may be late once; a fault fails every time.
pytestmark = pytest.mark.flaky(reruns=2)

START_SECONDS = 120.0


def commands() -> dict[str, list[str]]:
    lines = (ROOT / "Procfile").read_text().splitlines()
    return {name: shlex.split(command) for name, command in (each.split(": ", 1) for each in lines)}


@pytest.fixture
def environment(
    django_db_setup: None, valkey_url: str, tmp_path: Path, free_port: int
) -> dict[str, str]:
    urls = databases.clone_of(databases.migrated_template(), f"procfile_{databases.own_purpose()}")
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "SECRET_KEY": "a-key-of-this-test-" * 4,
        "BASE_URL": f"http://127.0.0.1:{free_port}",
        "PORT": str(free_port),
        "REDIS_URL": valkey_url,
        "MAIL_URL": (tmp_path / "mail").as_uri(),
        "STATIC_ROOT": str(tmp_path / "static"),
        **urls.in_environment(),
    }


@pytest.fixture
def started(
    environment: dict[str, str], tmp_path: Path
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    subprocess.run(
        commands()["release"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    running = {}
    for name in ("web", "worker", "beat"):
        with (tmp_path / name).open("wb") as log:
            running[name] = subprocess.Popen(
                commands()[name], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
    yield running
    for process in running.values():
        process.kill()
        process.wait()


def test_web_worker_and_beat_start_serve_and_stop_in_peace(
    started: dict[str, subprocess.Popen[bytes]], environment: dict[str, str]
) -> None:
    base_url = environment["BASE_URL"]
    wait_for(lambda: status_of(f"{base_url}/readyz") == 200, seconds=START_SECONDS)
    with urlopen(f"{base_url}/", timeout=20) as response:
        page = response.read().decode()
    style, *_ = re.findall(r'href="(/static/[^"]*components\.[0-9a-f]+\.css)"', page)
    asked = Request(f"{base_url}{style}", headers={"Accept-Encoding": "br"})
    with urlopen(asked, timeout=20) as response:
        assert response.headers["Content-Encoding"] == "br"
        assert "immutable" in response.headers["Cache-Control"]
    wait_for(lambda: app.control.ping(timeout=1.0), seconds=START_SECONDS)
    assert started["beat"].poll() is None
    for process in started.values():
        process.terminate()
    assert [process.wait(timeout=60) for process in started.values()] == [0, 0, 0]


def test_the_health_check_of_the_image_tells_life_from_death(
    started: dict[str, subprocess.Popen[bytes]], environment: dict[str, str]
) -> None:
    def check() -> int:
        command = [sys.executable, "-m", "mentoring.local.healthy"]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode

    wait_for(lambda: status_of(f"{environment['BASE_URL']}/healthz"), seconds=START_SECONDS)
    assert check() == 0
    started["web"].terminate()
    started["web"].wait(timeout=60)
    assert check() == 1
