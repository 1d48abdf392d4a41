"""``manage.py dev``, as a person runs it: everything real, on a data folder of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import pytest

from mentoring.local.build import texts_are_stale
from mentoring.local.development import Address
from mentoring.local.place import ROOT, Place
from mentoring.local.probe import page_answers
from mentoring.local.stack import remove_sockets
from mentoring.local.trouble import Trouble
from tests.local.test_processes import children_of, is_alive
from tests.plugins.web import wait_for

# Real processes on a busy machine may be late once; a fault fails every time.
pytestmark = pytest.mark.flaky(reruns=2)

START_SECONDS = 150.0
ASK_THE_DATABASE = (
    "import os, psycopg; print(psycopg.connect(os.environ['DATABASE_URL']).info.user)"
)
GIVEN = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")


@dataclass
class Installation:
    """A data folder and a port, and what was started with them."""

    folder: Path
    port: int
    starts: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        given = {name: os.environ[name] for name in GIVEN if name in os.environ}
        return {**given, "LOCAL_DATA": str(self.folder), "PORT": str(self.port)}

    def start(self) -> subprocess.Popen[bytes]:
        with self.output_file().open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "dev"],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.starts.append(process)
        return process

    def start_and_wait(self) -> subprocess.Popen[bytes]:
        process = self.start()
        wait_for(
            lambda: "Ctrl-C stops everything" in self.output() or process.poll() is not None,
            seconds=START_SECONDS,
        )
        assert process.poll() is None, self.output()
        return process

    def refusal(self) -> str:
        """What a start says that is expected to be refused."""
        process = self.start()
        assert process.wait(timeout=60) == 1
        return self.output()

    def output_file(self) -> Path:
        return self.folder.with_suffix(".out")

    def output(self) -> str:
        return self.output_file().read_text(encoding="utf-8")

    def processes(self) -> list[int]:
        """Every living process that was started for this folder, however deep."""
        mark = f"LOCAL_DATA={self.folder}".encode()
        return [number for number in everybody() if mark in environment_of(number)]


def descendants(number: int) -> list[int]:
    """The process and all below it. PostgreSQL's own hide the environment they came from."""
    below = [child for child in children_of(number) for child in descendants(child)]
    return [number, *below]


def everybody() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]


def environment_of(number: int) -> list[bytes]:
    try:
        content = Path(f"/proc/{number}/environ").read_bytes()
    except OSError:
        return []
    return content.split(b"\0") if is_alive(number) else []


@pytest.fixture
def installation(tmp_path: Path, free_port: int) -> Iterator[Installation]:
    installed = Installation(folder=tmp_path / "data", port=free_port)
    yield installed
    for process in installed.starts:
        process.kill()
        process.wait()
    wait_for(lambda: not installed.processes(), seconds=30)
    remove_sockets(installed.folder)


def test_everything_starts_survives_a_kill_and_stops_without_a_trace(
    installation: Installation,
) -> None:
    process = installation.start_and_wait()
    assert re.search(r"✓ PostgreSQL 18 ready +\d+\.\d s\n", installation.output())
    assert "✓ Demo organizations" in installation.output()
    assert f"Open {installation.url}" in installation.output()
    logins = Place(installation.folder).recall("logins")
    assert logins[0]["role"] == "owner"
    assert f"{logins[0]['email']}" in installation.output()
    with urlopen(f"{installation.url}/readyz", timeout=10) as response:
        assert response.status == 200
    before = descendants(process.pid)
    assert len(before) > 10

    process.kill()
    process.wait()
    wait_for(lambda: not any(map(is_alive, before)), seconds=20)
    assert installation.processes() == []
    assert not page_answers(installation.url)

    process = installation.start_and_wait()
    assert "Demo organizations" not in installation.output()
    assert logins[0]["email"] in installation.output()
    assert "already runs with the data" in second_start(installation)
    assert role_of_a_command_beside(installation) == "mentoring_app\n"

    before = descendants(process.pid)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
    assert not any(map(is_alive, before))
    assert installation.output().rstrip().endswith("Stopped.")
    assert installation.processes() == []


def second_start(installation: Installation) -> str:
    """What somebody is told who starts the same data on another port."""
    done = subprocess.run(
        [sys.executable, "manage.py", "dev"],
        cwd=ROOT,
        env={**installation.environment, "PORT": str(installation.port + 1)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    return done.stderr


def role_of_a_command_beside(installation: Installation) -> str:
    """Who a command is that somebody runs with ``manage.py services`` in another terminal."""
    done = subprocess.run(
        [sys.executable, "manage.py", "services", "--", sys.executable, "-c", ASK_THE_DATABASE],
        cwd=ROOT,
        env=installation.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_a_taken_port_is_one_clear_sentence_and_starts_nothing(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", installation.port))
        taken.listen(1)
        said = installation.refusal()
    assert said == (
        f"CommandError: Port {installation.port} is taken: stop the program that uses it, or"
        f" choose another port with “make run PORT={installation.port + 1}”.\n"
    )
    assert not installation.folder.exists()


def test_a_half_made_data_folder_is_one_clear_sentence(installation: Installation) -> None:
    data = installation.folder / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")
    last = installation.refusal().splitlines()[-1]
    assert last == (
        f"CommandError: The database folder {data} is incomplete: restore it from a backup, or"
        " throw the local data away with “make reset”, then run again."
    )


def test_an_interrupt_while_starting_stops_what_was_started(installation: Installation) -> None:
    process = installation.start()
    wait_for(lambda: "Valkey ready" in installation.output(), seconds=30)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert installation.output().rstrip().endswith("Stopped.")
    assert installation.processes() == []


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "80 80"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(Trouble, match=f"PORT is “{port}”: use a number from 1 to 65535"):
        Address.from_environment({"PORT": port})


def test_a_host_that_others_could_reach_is_refused() -> None:
    with pytest.raises(Trouble, match=r"HOST is 0\.0\.0\.0, but .* this machine only"):
        Address.from_environment({"HOST": "0.0.0.0"})  # noqa: S104


def test_texts_are_stale_when_never_compiled_or_changed_since(tmp_path: Path) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    assert not texts_are_stale(tmp_path)
    source, compiled = folder / "django.po", folder / "django.mo"
    source.touch()
    assert texts_are_stale(tmp_path)
    compiled.touch()
    os.utime(compiled, (time.time() + 5,) * 2)
    assert not texts_are_stale(tmp_path)
    os.utime(source, (time.time() + 9,) * 2)
    assert texts_are_stale(tmp_path)


def test_what_is_remembered_is_for_the_owner_only(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    with place.held():
        place.remember("logins", [{"role": "owner"}])
        assert place.recall("logins") == [{"role": "owner"}]
        assert (place.folder / "logins.json").stat().st_mode & 0o777 == 0o600
        place.remember("logins", None)
        assert place.recall("logins") is None
    assert place.secret_key() == place.secret_key()
    assert json.dumps(place.secret_key())


def test_services_run_a_command_with_addresses_and_pass_its_exit_code_on() -> None:
    code = f"{ASK_THE_DATABASE}; raise SystemExit(7)"
    done = subprocess.run(
        [sys.executable, "manage.py", "services", "--temporary", "--", sys.executable, "-c", code],
        cwd=ROOT,
        env={name: os.environ[name] for name in GIVEN if name in os.environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (7, "mentoring_app\n"), done.stderr
