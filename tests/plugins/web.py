"""A real web process with worker and beat, on loopback, with the demo organizations in it."""

import json
import os
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mentoring.local.console import Console
from mentoring.local.probe import free_port as find_free_port
from mentoring.local.probe import page_answers
from mentoring.local.processes import Child, Children, Program, wait_until
from mentoring.local.roles import Urls
from tests.plugins import databases

STARTUP_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class RunningWeb:
    """Where it answers, whom it knows and where its mail goes."""

    base_url: str
    logins: Any
    mail_folder: Path
    urls: Urls
    log: Path


def demo_template() -> tuple[str, Any]:
    """The name of a database with the demo organizations, and their logins."""
    logins = Path(os.environ[databases.FOLDER]) / "demo.json"

    def make(name: str) -> None:
        urls = databases.clone_of(databases.migrated_template(), "demo")
        logins.write_text(databases.manage("demo", urls=urls), encoding="utf-8")

    name = databases.made_once("demo", make)
    return name, json.loads(logins.read_text(encoding="utf-8"))


def web_programs(port: int, environment: dict[str, str], folder: Path) -> list[Program]:
    """What the Procfile runs, small."""
    python = [sys.executable, "-m"]
    gunicorn = ["gunicorn", "--config", "python:mentoring.gunicorn", "mentoring.wsgi"]
    celery = ["celery", "--app", "mentoring", "--quiet"]
    worker = [*celery, "worker", "--pool", "threads", "--concurrency", "2", "--loglevel", "warning"]
    beat = [*celery, "beat", "--scheduler", "celery.beat:Scheduler", "--loglevel", "warning"]
    return [
        Program(
            name=name,
            command=[*python, *command],
            environment={**environment, "PORT": str(port), "WEB_WORKERS": "1"},
            folder=databases.ROOT,
            log=folder / f"{name}.log",
        )
        for name, command in (("web", gunicorn), ("worker", worker), ("beat", beat))
    ]


def start_web(children: Children, *, urls: Urls, folder: Path, logins: Any) -> RunningWeb:
    """Start all processes against the database; returns when the first page answers."""
    folder.mkdir(parents=True, exist_ok=True)
    port = find_free_port()
    base_url = f"http://127.0.0.1:{port}"
    mail = folder / "mail"
    environment = {
        **os.environ,
        **urls.in_environment(),
        "BASE_URL": base_url,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "MAIL_URL": mail.as_uri(),
        "REDIS_URL": databases.broker(databases.own_purpose(), of_web=True),
    }
    environment.pop("PYTEST_XDIST_WORKER", None)
    started = [children.start(program) for program in web_programs(port, environment, folder)]
    log = folder / "web.log"
    wait_for_page(base_url, child=started[0], log=log)
    return RunningWeb(base_url=base_url, logins=logins, mail_folder=mail, urls=urls, log=log)


def wait_for_page(base_url: str, *, child: Child, log: Path) -> None:
    """Return when the health page answers; the log's end explains why it does not."""
    wait_until(
        lambda: page_answers(f"{base_url}/healthz"),
        child=child,
        seconds=STARTUP_SECONDS,
        explain=lambda: log.read_text(errors="replace")[-2000:],
    )


@pytest.fixture(scope="session")
def running_web(django_db_setup: None) -> Generator[RunningWeb]:
    """Everything on a database of its own, for browser tests; changes there stay for the run."""
    name, logins = demo_template()
    purpose = f"web_{databases.own_purpose()}"
    urls = databases.clone_of(name, purpose)
    folder = Path(os.environ[databases.FOLDER]) / purpose
    with Children(Console(quiet=True)) as children:
        yield start_web(children, urls=urls, folder=folder, logins=logins)


@pytest.fixture
def free_port() -> int:
    """A loopback port that nobody uses."""
    return find_free_port()


def wait_for(condition: Any, *, seconds: float = 10.0) -> None:
    """Return when the condition holds; AssertionError when time is up."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(0.05)
