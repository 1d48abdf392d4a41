"""Child processes that are ready when we say so, stop in order and never outlive us."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

from mentoring.local import launch
from mentoring.local.console import Console
from mentoring.local.identity import launcher
from mentoring.local.trouble import Trouble

POLL = 0.05


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run and how it likes to be stopped.

    ``stop_signal`` asks for an orderly end, ``hurry_signal`` for a quick one; the kernel
    sends ``death_signal`` when this process dies without asking anybody.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    log: Path | None = None
    identity: str = launch.AS_SELF
    stop_signal: signal.Signals = signal.SIGTERM
    hurry_signal: signal.Signals = signal.SIGKILL
    death_signal: signal.Signals = signal.SIGKILL
    grace: float = 10.0


@dataclass
class Child:
    """A running program, in a session of its own so that Ctrl-C reaches it through us only."""

    program: Program
    process: subprocess.Popen[bytes]
    reader: threading.Thread | None = None

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def wait(self, seconds: float, *, unless: Callable[[], bool] = lambda: False) -> bool:
        """Whether it ended in time; gives up early when ``unless`` turns true."""
        until = time.monotonic() + seconds
        while self.running and time.monotonic() < until and not unless():
            time.sleep(POLL)
        return not self.running

    def stop(self, *, in_a_hurry: Callable[[], bool] = lambda: False) -> None:
        """End it: ask, then insist, then kill. Returns when it is gone."""
        if self.running and not in_a_hurry():
            self.process.send_signal(self.program.stop_signal)
            self.wait(self.program.grace, unless=in_a_hurry)
        if self.running:
            self.process.send_signal(self.program.hurry_signal)
            self.wait(2.0)
        self.process.kill()
        self.process.wait()
        if self.reader:
            self.reader.join(timeout=1.0)


@dataclass
class Children:
    """The programs started so far; leaving the context stops them, last one first."""

    console: Console
    started: list[Child] = field(default_factory=list)
    interrupts: int = 0
    stopping: bool = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def listen(self) -> None:
        """Make Ctrl-C, a hang-up and a polite kill end the work once, and harder when repeated."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._interrupted)

    def _interrupted(self, *_: object) -> None:
        self.interrupts += 1
        if self.interrupts == 1 and not self.stopping:
            raise KeyboardInterrupt

    def start(self, program: Program) -> Child:
        """Start the program; call from the main thread, whose death is what the child notices."""
        front = launcher(signal_number=program.death_signal, identity=program.identity)
        log = program.log.open("ab") if program.log else None
        process = subprocess.Popen(
            [*front, *program.command],
            env=dict(program.environment),
            cwd=program.folder,
            stdin=subprocess.DEVNULL,
            stdout=log or subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        child = Child(program, process)
        self.started.append(child)
        if log:
            log.close()
        else:
            child.reader = threading.Thread(
                target=self._relay, args=[program.name, process.stdout], daemon=True
            )
            child.reader.start()
        return child

    def _relay(self, name: str, output: IO[bytes]) -> None:
        with suppress(ValueError), output:
            for line in output:
                self.console.line(name, line.decode(errors="replace").rstrip())

    def remove(self, child: Child) -> None:
        """Stop one of them before the others."""
        child.stop()
        self.started.remove(child)

    def wait_for_end(self) -> Child:
        """Sleep until the first child ends by itself, and return it."""
        while True:
            for child in self.started:
                if not child.running:
                    return child
            time.sleep(POLL * 4)

    def stop(self) -> None:
        """Stop all in reverse order; a second Ctrl-C stops waiting for orderly ends."""
        self.stopping = True
        patience = min(self.interrupts, 1)
        while self.started:
            self.started[-1].stop(in_a_hurry=lambda: self.interrupts > patience)
            self.started.pop()


def run_once(program: Program) -> str:
    """Run the program to its end and return its standard output; Trouble with all it said."""
    front = launcher(signal_number=program.death_signal, identity=program.identity)
    with subprocess.Popen(
        [*front, *program.command],
        env=dict(program.environment),
        cwd=program.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            output, errors = (part.decode(errors="replace") for part in process.communicate())
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise Trouble(f"{program.name} failed:\n{f'{output}{errors}'.strip()}")
    return output


def wait_until(
    ready: Callable[[], bool], *, child: Child, seconds: float, explain: Callable[[], str]
) -> None:
    """Return when ``ready``; raise Trouble when the child ends first or time is up."""
    until = time.monotonic() + seconds
    while not ready():
        if not child.running:
            raise Trouble(f"{child.program.name} stopped while starting. {explain()}")
        if time.monotonic() > until:
            raise Trouble(f"{child.program.name} is not ready after {seconds:.0f} s. {explain()}")
        time.sleep(POLL)
