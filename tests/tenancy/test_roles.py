"""No process works as a role that stands above row-level security."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from mentoring.local.roles import Role, Urls
from mentoring.tenancy.backend.base import DatabaseWrapper
from mentoring.tenancy.backend.roles import PowerfulRole
from tests.plugins.databases import ADMIN_URL

ROOT = Path(__file__).resolve().parents[2]
PROBE = Role(f"mentoring_probe_{os.getpid()}", "probe")


@pytest.fixture
def probe(committed_db: Urls) -> Iterator[Callable[[str], None]]:
    """Makes a login with the powers and roles that the words after CREATE ROLE give it."""
    database = connections["default"].settings_dict["NAME"]
    with psycopg.connect(os.environ[ADMIN_URL], autocommit=True) as administrator:

        def make(powers: str) -> None:
            administrator.execute(
                f"CREATE ROLE {PROBE.name} LOGIN PASSWORD '{PROBE.password}' {powers}"
            )
            administrator.execute(f"GRANT CONNECT ON DATABASE {database} TO {PROBE.name}")

        yield make
        administrator.execute(f"REVOKE CONNECT ON DATABASE {database} FROM {PROBE.name}")
        administrator.execute(f"DROP ROLE {PROBE.name}")


def connect_as(role: Role) -> None:
    settings = connections["default"].settings_dict
    wrapper = DatabaseWrapper(
        {**settings, "USER": role.name, "PASSWORD": role.password, "OPTIONS": {}}, alias="default"
    )
    try:
        wrapper.ensure_connection()
    finally:
        wrapper.close()


@pytest.mark.parametrize(
    ("powers", "reason"),
    [
        ("SUPERUSER", "is a superuser"),
        ("BYPASSRLS", "has BYPASSRLS"),
        ("CREATEROLE", "may create roles"),
    ],
)
def test_a_role_with_powers_is_refused(
    probe: Callable[[str], None], powers: str, reason: str
) -> None:
    probe(powers)
    with pytest.raises(PowerfulRole, match=reason):
        connect_as(PROBE)


def test_a_role_that_may_become_a_powerful_one_is_refused(
    probe: Callable[[str], None], committed_db: Urls
) -> None:
    probe(f"IN ROLE {committed_db.roles().owner.name}")
    with pytest.raises(PowerfulRole, match="owns tables"):
        connect_as(PROBE)


def test_the_owner_of_the_tables_is_refused_for_serving(committed_db: Urls) -> None:
    with pytest.raises(PowerfulRole, match="owns tables"):
        connect_as(committed_db.roles().owner)


def test_the_app_and_system_roles_are_accepted(committed_db: Urls) -> None:
    connect_as(committed_db.roles().app)
    connect_as(committed_db.roles().system)


@pytest.mark.parametrize(
    "start", ["import mentoring.wsgi", "from mentoring.tenancy.start import *"]
)
def test_the_web_process_does_not_start_as_the_owner(committed_db: Urls, start: str) -> None:
    code = f"{start}\nimport django; django.setup()\n" + (
        "" if "wsgi" in start else "refuse_powerful_roles()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "mentoring.settings",
            "DATABASE_URL": committed_db.owner,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "owns tables, so row-level security would not protect" in done.stderr
