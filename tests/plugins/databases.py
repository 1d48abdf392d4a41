"""A database for each worker, cloned from one that the owner role migrated once per run.

Tests connect as the real roles. Django's own test database would make the tables belong to
the tested role, and then row-level security would be tested against its owner.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections
from psycopg.conninfo import conninfo_to_dict

from mentoring.local.roles import Urls, clone, drop, provision

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parents[2]
ADMIN_URL = "TEST_ADMIN_DATABASE_URL"
FOLDER = "TEST_SERVICES_FOLDER"
RUN = "TEST_DATABASE"


def own_urls() -> Urls:
    """The addresses in the environment."""
    return Urls(
        app=os.environ["DATABASE_URL"],
        owner=os.environ["OWNER_DATABASE_URL"],
        system=os.environ["SYSTEM_DATABASE_URL"],
    )


def take_own_database(worker: str) -> None:
    """Point this process, and what it starts, to a database and a broker of its own."""
    urls = own_urls()
    os.environ.setdefault(RUN, str(conninfo_to_dict(urls.app)["dbname"]))
    os.environ.update(urls.renamed(name_of(worker)).in_environment())
    if "REDIS_URL" in os.environ:
        os.environ["REDIS_URL"] = broker(worker)


def broker(worker: str, *, of_web: bool = False) -> str:
    """A database of the broker for this process alone, or for the web process it starts.

    The worker behind ``running_web`` would take the tasks that other tests wait for.
    """
    number = int(worker.removeprefix("gw")) if worker.startswith("gw") else 0
    url = urlsplit(os.environ["REDIS_URL"])
    return url._replace(path=f"/{2 * (number % 8) + of_web}").geturl()


def name_of(purpose: str) -> str:
    """The name of one database of this run."""
    return f"{os.environ[RUN]}_{purpose}"


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Hold a lock between the workers of this run."""
    with (Path(os.environ[FOLDER]) / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def made_once(purpose: str, make: Callable[[str], None]) -> str:
    """The name of a database that ``make`` fills, by whichever worker comes first."""
    name = name_of(purpose)
    done = Path(os.environ[FOLDER]) / f"{purpose}.done"
    with one_at_a_time(purpose):
        if not done.exists():
            make(name)
            done.touch()
    return name


def migrated_template() -> str:
    """The name of the migrated database."""

    def make(name: str) -> None:
        urls = provision(os.environ[ADMIN_URL], database=name, roles=own_urls().roles())
        manage(*("migrate", "--database", "owner", "--verbosity", "0", "--skip-checks"), urls=urls)

    return made_once("template", make)


def manage(*arguments: str, urls: Urls, **environment: str) -> str:
    """Run a management command against another database and return what it printed."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={**os.environ, **urls.in_environment(), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def clone_of(source: str, purpose: str) -> Urls:
    """A fresh copy of the source database, for this purpose."""
    urls = own_urls()
    target = name_of(purpose)
    # PostgreSQL copies only a source without connections, so workers take turns.
    with one_at_a_time("clone"):
        clone(os.environ[ADMIN_URL], source=source, target=target, roles=urls.roles())
    return urls.renamed(target)


def own_purpose() -> str:
    """What distinguishes this worker's own database."""
    return os.environ.get("PYTEST_XDIST_WORKER") or "main"


def close_connections() -> None:
    """Close this thread's connections and the pools behind them."""
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if hasattr(connection, "close_pool"):
            connection.close_pool()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: "DjangoDbBlocker"
) -> Generator[None]:
    """In place of pytest-django's: this worker's clone of the migrated database."""
    clone_of(migrated_template(), own_purpose())
    yield
    with django_db_blocker.unblock():
        close_connections()


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Generator[Urls]:
    """A database for tests that commit, in several threads or processes if they like.

    Afterwards the database is cloned anew, which leaves nothing behind and, unlike TRUNCATE,
    also works for tables that refuse to be emptied.
    """
    with django_db_blocker.unblock():
        try:
            yield own_urls()
        finally:
            close_connections()
            clone_of(migrated_template(), own_purpose())


@pytest.fixture
def valkey_url() -> str:
    """The address of the run's Valkey, with a database of this worker's own."""
    return os.environ["REDIS_URL"]


def drop_all() -> None:
    """Remove this run's databases from a server that is not ours to throw away."""
    admin_url = os.environ[ADMIN_URL]
    with psycopg.connect(admin_url) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
            [f"{os.environ[RUN]}_"],
        ).fetchall()
    for (name,) in rows:
        drop(admin_url, database=name)
