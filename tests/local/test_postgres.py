"""The embedded PostgreSQL, started for real."""

import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from mentoring.local.postgres import start_postgres
from mentoring.local.processes import Children
from mentoring.local.roles import url_as
from mentoring.local.trouble import Trouble

type Start = Callable[[], str]


@pytest.fixture
def start(children: Children, tmp_path: Path, sockets: Path) -> Start:
    def run() -> str:
        return start_postgres(
            children,
            folder=tmp_path / "postgres",
            sockets=sockets,
            environment=os.environ,
            durable=False,
        )

    return run


def value(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    return row and row[0]


def test_it_is_version_18_in_utf8_on_no_network_port(start: Start) -> None:
    url = start()
    assert str(value(url, "SHOW server_version")).startswith("18")
    assert value(url, "SHOW server_encoding") == "UTF8"
    assert value(url, "SHOW listen_addresses") == ""
    assert value(url, "SELECT datlocale FROM pg_database WHERE datname = 'postgres'") == "C.UTF-8"


def test_it_keeps_its_rows_from_one_start_to_the_next(start: Start, children: Children) -> None:
    with psycopg.connect(start()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    children.stop()
    assert value(start(), "SELECT answer FROM kept") == 42


def test_it_lets_nobody_in_without_the_password(start: Start) -> None:
    url = start()
    with pytest.raises(psycopg.OperationalError, match="no password supplied|password"):
        psycopg.connect(url.replace("postgres:", "postgres:wrong"))


def test_its_folder_and_password_are_for_the_owner_only(start: Start, tmp_path: Path) -> None:
    start()
    folder = tmp_path / "postgres"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "password").stat().st_mode) == 0o600


def test_a_first_start_that_was_interrupted_is_made_anew(start: Start, tmp_path: Path) -> None:
    part = tmp_path / "postgres" / "data.part"
    part.mkdir(parents=True)
    (part / "PG_VERSION").write_text("18\n")
    assert value(start(), "SELECT 1") == 1
    assert not part.exists()


@pytest.mark.parametrize("lost", ["PG_VERSION", "global/pg_control"])
def test_a_damaged_folder_is_reported_and_left_alone(
    start: Start, children: Children, tmp_path: Path, lost: str
) -> None:
    start()
    children.stop()
    data = tmp_path / "postgres" / "data"
    (data / lost).unlink()
    with pytest.raises(Trouble, match="is incomplete: .*make reset"):
        start()
    assert (data / "base").exists()


def test_a_folder_of_another_version_is_reported(
    start: Start, children: Children, tmp_path: Path
) -> None:
    start()
    children.stop()
    (tmp_path / "postgres" / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(Trouble, match="belongs to PostgreSQL 17 and this is 18"):
        start()


def test_a_lost_password_is_reported_at_once(
    start: Start, children: Children, tmp_path: Path
) -> None:
    start()
    children.stop()
    (tmp_path / "postgres" / "password").write_text("another\n")
    with pytest.raises(Trouble, match="refuses the password"):
        start()


def test_a_crash_is_recovered_from(start: Start, children: Children, tmp_path: Path) -> None:
    with psycopg.connect(start()) as connection:
        connection.execute("SET synchronous_commit = on")
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    lock = tmp_path / "postgres" / "data" / "postmaster.pid"
    lines = lock.read_text()
    children.started[0].process.send_signal(signal.SIGKILL)
    children.stop()
    lock.write_text(lines)
    assert value(start(), "SELECT answer FROM kept") == 42


def test_a_lock_with_the_number_of_somebody_else_is_removed(
    start: Start, children: Children, tmp_path: Path
) -> None:
    start()
    children.stop()
    lock = tmp_path / "postgres" / "data" / "postmaster.pid"
    lock.write_text(f"{os.getppid()}\n{lock.parent}\n")
    assert value(start(), "SELECT 1") == 1


def test_a_second_server_on_the_folder_is_refused(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    start()
    monkeypatch.setattr("mentoring.local.postmaster.PATIENCE", 0.2)
    with pytest.raises(Trouble, match=r"Another PostgreSQL \(process \d+\) works on"):
        start()


def test_a_socket_folder_that_is_too_deep_is_refused(children: Children, tmp_path: Path) -> None:
    sockets = tmp_path / ("deep" * 25)
    with pytest.raises(Trouble, match="set TMPDIR to a short path"):
        start_postgres(
            children, folder=tmp_path, sockets=sockets, environment=os.environ, durable=False
        )


def test_a_socket_folder_that_others_may_enter_is_refused(
    children: Children, tmp_path: Path, sockets: Path
) -> None:
    sockets.mkdir()
    sockets.chmod(0o755)
    with pytest.raises(Trouble, match="Sockets cannot live in"):
        start_postgres(
            children, folder=tmp_path, sockets=sockets, environment=os.environ, durable=False
        )


def test_a_server_that_cannot_start_shows_the_end_of_its_log(
    start: Start, children: Children, tmp_path: Path
) -> None:
    start()
    children.stop()
    with (tmp_path / "postgres" / "data" / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    with pytest.raises(Trouble, match="stopped while starting.*\n.*no_such_setting"):
        start()


def test_urls_survive_any_character_in_a_password() -> None:
    url = url_as("postgresql://a:b%40%2F%25%3A@/c?host=/tmp/x", database="d'e")
    assert psycopg.conninfo.conninfo_to_dict(url) == {
        "user": "a",
        "password": "b@/%:",
        "dbname": "d'e",
        "host": "/tmp/x",
    }
