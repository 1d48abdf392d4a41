"""One PostgreSQL and one Valkey for the whole run, started before the settings are read.

Registered with ``-p tests.plugins.services``. The xdist controller (or the only process)
starts them; workers inherit the environment and take databases of their own.
``DATABASE_URL`` and ``REDIS_URL`` win when set; the login must then be allowed to make roles.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from psycopg.conninfo import conninfo_to_dict

from mentoring.local.console import Console
from mentoring.local.postgres import start_postgres
from mentoring.local.processes import Children
from mentoring.local.roles import Role, Roles, Urls, may_provision
from mentoring.local.trouble import Trouble
from mentoring.local.valkey import start_valkey
from tests.plugins import browser, databases, web

FIXED_ENVIRONMENT = {
    "DEVELOPMENT": "true",
    "SECRET_KEY": "only-for-tests-" * 4,
    "BASE_URL": "http://testserver",
    "LOG_LEVEL": "WARNING",
    "LOG_FORMAT": "console",
    # Playwright's synchronous interface runs an event loop in the test's own thread.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
FORBIDDEN_FIXTURES = {"transactional_db", "live_server", "django_db_reset_sequences"}
children = Children(Console(quiet=True))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Start the services, then let pytest-django read the settings."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker:
        wanted = early_config.known_args_namespace
        only_asks = wanted.help or wanted.version or wanted.collectonly
        try:
            prepare_run(start=not only_asks)
        except Trouble as trouble:
            children.stop()
            raise pytest.UsageError(str(trouble)) from None
    databases.take_own_database(worker or "main")
    yield


def prepare_run(*, start: bool) -> None:
    """Put everything that the tests need to know into the environment."""
    remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=f"mentoring-tests-{os.getpid()}-"))
    os.environ.update(FIXED_ENVIRONMENT)
    os.environ["MAIL_URL"] = (folder / "mail").as_uri()
    os.environ[databases.FOLDER] = str(folder)
    admin_url = os.environ.get("DATABASE_URL", "")
    if admin_url:
        _require_provisioning(admin_url)
    elif start:
        admin_url = start_postgres(
            children,
            folder=folder / "postgres",
            sockets=folder,
            environment=os.environ,
            durable=False,
        )
    else:
        admin_url = "postgresql://nobody@/nothing?host=/nowhere"
    os.environ[databases.ADMIN_URL] = admin_url
    database = f"mentoring_test_{os.getpid()}"
    os.environ.update(Urls.of(admin_url, database=database, roles=new_roles()).in_environment())
    if start and not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = start_valkey(
            children, folder=folder / "valkey", environment=os.environ
        )


def new_roles() -> Roles:
    """Logins for one run."""
    return Roles(
        **{
            kind: Role(f"mentoring_test_{kind}", secrets.token_urlsafe(24))
            for kind in ("owner", "app", "system")
        }
    )


def _require_provisioning(url: str) -> None:
    if not may_provision(url):
        user = conninfo_to_dict(url).get("user")
        raise Trouble(
            f"Tests make databases and roles of their own, which “{user}” may not: unset"
            " DATABASE_URL, or let it be a role with CREATEROLE and CREATEDB."
        )


def remove_leftovers() -> None:
    """Remove the folders of runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob("mentoring-tests-*-*"):
        number = folder.name.split("-")[2]
        is_over = number.isdecimal() and not Path(f"/proc/{number}").exists()
        if is_over and Path("/proc/self").exists():
            shutil.rmtree(folder, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    """Register our fixtures after pytest-django's, so that ours win.

    Property tests get no deadline: a busy machine is no counterexample.
    """
    settings.register_profile(
        "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("patient")
    for plugin in (databases, browser, web):
        config.pluginmanager.register(plugin)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Refuse Django's own clean-up after committed transactions: ``app`` may not TRUNCATE."""
    marker = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    if (marker and marker.kwargs.get("transaction")) or names & FORBIDDEN_FIXTURES:
        raise pytest.UsageError(f"{item.nodeid}: use the fixture committed_db instead.")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started and remove its data."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        return
    if not children.started:
        with suppress(Exception):
            databases.drop_all()
    children.stop()
    folder = os.environ.get(databases.FOLDER)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
