"""What the fixtures promise to every other test."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.db import connection, connections

from accounts.models import User
from mentoring.local.place import ROOT
from mentoring.local.roles import Urls

EMAIL = "left-behind@example.org"


def current_user(alias: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user")
        (name,) = cursor.fetchone()
    return str(name)


def test_tests_work_as_the_three_real_roles(committed_db: Urls) -> None:
    assert [current_user(alias) for alias in ("default", "owner", "system")] == [
        "mentoring_test_app",
        "mentoring_test_owner",
        "mentoring_test_system",
    ]


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_thread_and_another_connection_commit_is_gone_afterwards(
    committed_db: Urls, time: str
) -> None:
    assert not User.objects.filter(email=EMAIL).exists()
    thread = Thread(target=create_user)
    thread.start()
    thread.join()
    with psycopg.connect(committed_db.owner) as other:
        other.execute("CREATE TABLE left_behind (x int)")
    assert User.objects.filter(email=EMAIL).exists()


def create_user() -> None:
    User.objects.create(email=EMAIL)
    connection.close()


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["first", "second"])
def test_what_an_ordinary_test_writes_is_rolled_back(time: str) -> None:
    assert not User.objects.filter(email=EMAIL).exists()
    User.objects.create(email=EMAIL)


def test_the_clean_up_that_needs_truncate_is_refused(tmp_path: Path) -> None:
    test = tmp_path / "test_truncate.py"
    test.write_text(
        "import pytest\n\n@pytest.mark.django_db(transaction=True)\ndef test_it(): pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", "pyproject.toml", "--collect-only", str(test)],
        cwd=ROOT,
        env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "use the fixture committed_db instead" in f"{done.stdout}{done.stderr}"
