"""What ``make run`` does: everything, in order, with one clear sentence when it cannot."""

import errno
import json
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mentoring.local.build import texts_are_stale
from mentoring.local.folders import private_folder
from mentoring.local.place import ROOT, Place, development_environment
from mentoring.local.probe import page_answers
from mentoring.local.processes import Child, Children, Program, run_once, wait_until
from mentoring.local.stack import has_users, start_services
from mentoring.local.trouble import Trouble

LOOPBACK = ("127.0.0.1", "localhost")
HIGHEST_PORT = 65_535
# A worker that is asked politely first looks for its broker, which died in the same moment.
DEATH_SIGNALS = {"web": signal.SIGQUIT, "worker": signal.SIGKILL, "beat": signal.SIGTERM}
# Celery says so at length; on a person's own machine it is nobody's concern.
WARNINGS = "ignore:You're running the worker with superuser privileges"


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where the pages will be."""

    host: str
    port: int

    @classmethod
    def from_environment(cls, given: Mapping[str, str]) -> "Address":
        """HOST and PORT, checked; Trouble when the port is no port or is taken."""
        host, port = given.get("HOST") or LOOPBACK[0], given.get("PORT") or "8000"
        if host not in LOOPBACK:
            raise Trouble(
                f"HOST is {host}, but a development server answers on this machine only: unset"
                " HOST, or run the commands of the Procfile behind a proxy."
            )
        if not port.isdecimal() or not 0 < int(port) <= HIGHEST_PORT:
            raise Trouble(f"PORT is “{port}”: use a number from 1 to {HIGHEST_PORT}.")
        address = cls(host=host, port=int(port))
        address.require_free()
        return address

    @property
    def url(self) -> str:
        """With a name instead of a number: browsers give passkeys to names only."""
        return f"http://localhost:{self.port}"

    def require_free(self) -> None:
        """Raise Trouble when the port cannot be listened on."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
                probe.listen(1)
            except OSError as error:
                what = "is taken" if error.errno == errno.EADDRINUSE else f"fails ({error})"
                raise Trouble(
                    f"Port {self.port} {what}: stop the program that uses it, or choose another"
                    f" port with “make run PORT={min(self.port + 1, HIGHEST_PORT)}”."
                ) from None


def run_development(children: Children, *, place: Place, given: Mapping[str, str]) -> None:
    """Start everything and keep it running until Ctrl-C or until a part of it ends."""
    address = Address.from_environment(given)
    with place.held():
        children.listen()
        with children:
            try:
                environment = _prepare(children, place=place, address=address, given=given)
                _start_programs(children, address=address, environment=environment)
                _welcome(children, place=place, address=address)
                _watch(children)
            except KeyboardInterrupt:
                children.console.write("\n  Stopping …")
        children.console.write("  Stopped.")


def _prepare(
    children: Children, *, place: Place, address: Address, given: Mapping[str, str]
) -> dict[str, str]:
    """Services, tables, texts and, in an empty database, the demo organizations."""
    environment = development_environment(place, host=address.host, port=address.port, given=given)
    environment |= start_services(children, place=place, given=environment)
    place.remember("environment", {key: environment[key] for key in environment.keys() - given})
    private_folder(place.folder / "mail")
    console = children.console
    if texts_are_stale():
        with console.step("Texts compiled"):
            manage("messages", "compile", environment=environment)
    with console.step("Tables up to date"):
        manage("migrate", "--database", "owner", "--verbosity", "0", environment=environment)
    if not has_users(environment):
        with console.step("Demo organizations"):
            place.remember("logins", json.loads(manage("demo", environment=environment))["logins"])
    return environment


def manage(*arguments: str, environment: Mapping[str, str]) -> str:
    """Run a management command and return what it printed; Trouble with its words if it fails."""
    return run_once(
        Program(
            name=f"manage.py {arguments[0]}",
            command=[sys.executable, str(ROOT / "manage.py"), *arguments],
            environment=environment,
            folder=ROOT,
        )
    )


def _start_programs(children: Children, *, address: Address, environment: dict[str, str]) -> None:
    """Web, worker and beat as the Procfile has them; returns when a page answers."""
    with children.console.step("Web, worker and beat") as step:
        web, *_ = [children.start(program) for program in programs(environment)]
        wait_until(
            lambda: page_answers(f"{address.url}/healthz"),
            child=web,
            seconds=60,
            explain=lambda: "Its last lines are above.",
        )
        step.note = "Web, worker and beat ready"


def programs(environment: dict[str, str]) -> list[Program]:
    """What the Procfile has, for one person."""
    celery = ["celery", "--quiet", "--app", "mentoring"]
    commands = {
        "web": ["gunicorn", "--config", "python:mentoring.gunicorn", "mentoring.wsgi"],
        "worker": [*celery, "worker", "--concurrency", "2"],
        "beat": [*celery, "beat", "--scheduler", "celery.beat:Scheduler"],
    }
    return [
        Program(
            name=name,
            command=[sys.executable, "-m", *command],
            environment={**environment, "PYTHONWARNINGS": WARNINGS},
            folder=ROOT,
            death_signal=DEATH_SIGNALS[name],
            hurry_signal=signal.SIGKILL if name == "beat" else signal.SIGQUIT,
        )
        for name, command in commands.items()
    ]


def _welcome(children: Children, *, place: Place, address: Address) -> None:
    """The address and one login per role, on every start."""
    write = children.console.write
    write(f"\n  Open {address.url}")
    logins: list[dict[str, Any]] = place.recall("logins") or []
    shown: set[str] = set()
    if logins:
        write(f"\n  {'Sign in as':<22}{'e-mail':<40}password")
    for login in logins:
        if login["role"] not in shown:
            shown.add(login["role"])
            write(f"  {login['role'].replace('_', ' '):<22}{login['email']:<40}{login['password']}")
    write(f"\n  Mail: {address.url}/dev/mail/   Data: {place.folder}   Ctrl-C stops everything.\n")


def _watch(children: Children) -> None:
    ended: Child = children.wait_for_end()
    raise Trouble(
        f"{ended.program.name} ended by itself (exit code {ended.process.returncode}), so the rest"
        " was stopped too: see its last lines above, then run again."
    )
