"""Where a storm takes place: PostgreSQL, Valkey, workers, beats and a mail server, all real.

Everything is a child process of this one; each can be killed and comes back as it was.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from celery import Celery
from redis import Redis
from redis.exceptions import RedisError

from mentoring.local.console import Console
from mentoring.local.postgres import accepts, start_postgres
from mentoring.local.probe import free_port
from mentoring.local.processes import Child, Children, Program
from mentoring.local.roles import provision, url_as
from mentoring.local.valkey import start_valkey
from tests.plugins.databases import ROOT
from tests.plugins.services import new_roles
from tests.storm.tables import MESSAGES, TABLES

DATABASE = "storm"
POLL = 0.1


@dataclass
class Ground:
    """The processes of one storm. ``environment`` is what the product's processes are given."""

    folder: Path
    children: Children
    environment: dict[str, str] = field(default_factory=dict)
    admin_url: str = ""
    workers: list[Child] = field(default_factory=list)
    servers: dict[str, Child] = field(default_factory=dict)
    started: int = 0

    # --- Servers ------------------------------------------------------------------------

    def start_servers(self) -> None:
        """PostgreSQL as it is installed for people, migrated, and Valkey."""
        given = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.storm.settings",
            "DEVELOPMENT": "true",
            "SECRET_KEY": "only-for-storms-" * 4,
            "LOG_LEVEL": "ERROR",
            "OUTBOX_ATTEMPTS": "8",
            **self.environment,
        }
        given.pop("PYTEST_XDIST_WORKER", None)
        place = {"folder": self.folder / "postgres", "sockets": self.folder}
        admin = start_postgres(self.children, environment=os.environ, durable=True, **place)
        self.servers["postgres"] = self.children.started[-1]
        urls = provision(admin, database=DATABASE, roles=new_roles())
        self.admin_url = url_as(admin, database=DATABASE)
        broker = start_valkey(self.children, folder=self.folder / "valkey", environment=os.environ)
        self.servers["valkey"] = self.children.started[-1]
        self.environment = {**given, **urls.in_environment(), "REDIS_URL": broker}
        self.python("manage.py", "migrate", "--database", "owner", "--verbosity", "0")
        with psycopg.connect(urls.owner) as connection:
            connection.execute(TABLES)

    def start_sink(self) -> Path:
        """A mail server; returns the file in which it notes what it took over."""
        port, path = free_port(), self.folder / f"sink-{self.started}"
        path.touch()
        self._start("sink", "-m", "tests.storm.sink", str(port), str(path))
        self.environment["MAIL_URL"] = f"smtp://127.0.0.1:{port}"
        return path

    def kill_server(self, name: str) -> None:
        """SIGKILL to PostgreSQL's postmaster or to Valkey, which then starts again."""
        child = self.servers[name]
        os.kill(child.process.pid, signal.SIGKILL)
        child.process.wait()
        self.children.started.remove(child)
        self._start_again(name, child.program)

    def _start_again(self, name: str, program: Program) -> None:
        """Backends of a killed postmaster need a moment until they let go of the memory."""
        for _ in range(50):
            child = self.children.start(program)
            until = time.monotonic() + 30
            while child.running and time.monotonic() < until:
                if self._answers(name):
                    self.servers[name] = child
                    return
                time.sleep(POLL)
            self.children.remove(child)
            time.sleep(POLL)
        raise RuntimeError(f"{name} does not start again: {program.log}")

    def _answers(self, name: str) -> bool:
        if name == "postgres":
            return accepts(self.admin_url)
        with suppress(RedisError), Redis.from_url(self.environment["REDIS_URL"]) as redis:
            return bool(redis.ping())
        return False

    def flush(self) -> None:
        """Empty Valkey."""
        with Redis.from_url(self.environment["REDIS_URL"]) as redis:
            redis.flushall()

    # --- The product's processes --------------------------------------------------------

    def start_worker(self, concurrency: int = 1) -> Child:
        """A worker as the Procfile starts it, with so many processes."""
        more = ["--concurrency", str(concurrency), "--loglevel", "error", "--without-mingle"]
        worker = self._celery("worker", *more, "--hostname", f"w{self.started}@storm")
        self.workers.append(worker)
        return worker

    def start_beat(self) -> Child:
        """A ticker as the Procfile starts it."""
        return self._celery("beat", "--scheduler", "celery.beat:Scheduler", "--loglevel", "error")

    def _celery(self, verb: str, *more: str) -> Child:
        return self._start(verb, "-m", "celery", "--app", "mentoring", "--quiet", verb, *more)

    def _start(self, name: str, *command: str) -> Child:
        self.started += 1
        return self.children.start(
            Program(
                name=name,
                command=[sys.executable, *command],
                environment=self.environment,
                folder=ROOT,
                log=self.folder / f"{name}-{self.started}.log",
            )
        )

    def kill_a_process(self, rng: Random) -> None:
        """SIGKILL to a process that works; one time in five to its whole worker."""
        worker = rng.choice(self.workers)
        inner = pool_of(worker)
        if not inner or rng.random() < 0.2:
            os.killpg(worker.process.pid, signal.SIGKILL)
            worker.process.wait()
            self.children.started.remove(worker)
            self.workers.remove(worker)
            self.start_worker()
            return
        with suppress(ProcessLookupError):
            os.kill(rng.choice(inner), signal.SIGKILL)

    def stop_product(self) -> None:
        """Workers and beats, in order."""
        servers = set(map(id, self.servers.values()))
        for child in [each for each in self.children.started if id(each) not in servers]:
            self.children.remove(child)
        self.workers.clear()

    # --- Questions ----------------------------------------------------------------------

    def python(self, *command: str) -> str:
        """Run Python with the product's settings; its output."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def hand(self, *words: object) -> list[str]:
        """Let somebody write into the database; the keys that were printed."""
        return self.python("-m", "tests.storm.hand", *map(str, words)).split()

    def ask(self, query: str, *values: Any) -> Any:
        """The first value that the superuser gets, past all policies."""
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            row = connection.execute(query, values).fetchone()
        return row[0] if row else None

    def do(self, statement: str) -> None:
        """Something that only the superuser may do."""
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute(statement)

    def add_and_nudge(self, organization: str, count: int) -> None:
        """Due effects and the message that says “look”, quicker than any process starts."""
        values = {"organization": organization, "kind": "storm.mark", "channel": "effect"}
        with psycopg.connect(self.admin_url) as connection:
            connection.execute(MESSAGES, {**values, "name": "late", "count": count})
        with Celery(broker=self.environment["REDIS_URL"], set_as_current=False) as product:
            product.send_task("outbox.deliver", kwargs={"organization_id": organization})

    def waiting(self) -> int:
        """How many messages are not settled."""
        query = "SELECT count(*) FROM outbox_message WHERE look_at IS NOT NULL"
        return int(self.ask(query))


def pool_of(worker: Child) -> list[int]:
    """The processes that a worker has forked to do the work."""
    pid = worker.process.pid
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(each) for each in text.split() if _is_celery(each)]


def _is_celery(pid: str) -> bool:
    with suppress(OSError):
        return b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def until(condition: Callable[[], bool], *, seconds: float, every: float = POLL) -> bool:
    """Whether the condition came true in time. PostgreSQL may be away meanwhile."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(psycopg.OperationalError):
            if condition():
                return True
        time.sleep(every)
    return False


@contextmanager
def open_ground(folder: Path, **environment: str) -> Iterator[Ground]:
    """A ground with its servers; everything ends with the block."""
    with Children(Console(quiet=True)) as children:
        ground = Ground(folder, children, environment=dict(environment))
        ground.start_servers()
        yield ground
