"""What a person watching the start sees: steps with their time, then lines by process."""

import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

COLORS = (36, 33, 35, 32, 34)
WIDTH = 8
ERASE = "\r\x1b[K"
COLOR_CODE = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Step:
    """A step under way; ``note`` replaces its words when there is more to say at its end."""

    words: str
    note: str = ""


@dataclass
class Console:
    """Writes whole lines, so that several processes never mix inside one."""

    stream: TextIO = field(default_factory=lambda: sys.stdout)
    quiet: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _names: list[str] = field(default_factory=list)
    _under_way: str = ""

    @property
    def is_terminal(self) -> bool:
        return self.stream.isatty() and not os.environ.get("NO_COLOR")

    def write(self, text: str) -> None:
        """Write a line unless quiet; a step under way on a terminal moves down below it."""
        self._send(f"{ERASE}{text}\n{self._under_way}" if self._under_way else f"{text}\n")

    def _send(self, text: str) -> None:
        """A closed terminal is nobody to write to, so that is ignored."""
        if self.quiet:
            return
        with self._lock:
            try:
                self.stream.write(text)
                self.stream.flush()
            except (OSError, ValueError):
                self.quiet = True

    def line(self, name: str, text: str) -> None:
        """One line of a process, its name in front in the process's own colour."""
        if name not in self._names:
            self._names.append(name)
        prefix = f"{name:<{WIDTH}}│"
        if not self.is_terminal:
            text = COLOR_CODE.sub("", text)
        else:
            color = COLORS[self._names.index(name) % len(COLORS)]
            prefix = f"\x1b[{color}m{prefix}\x1b[0m"
        self.write(f"{prefix} {text}")

    @contextmanager
    def step(self, words: str) -> Iterator[Step]:
        """Say what is being done, and how long it took when it is done."""
        step = Step(words)
        began = time.monotonic()
        if self.is_terminal:
            self._under_way = f"  … {words}"
            self._send(self._under_way)
        try:
            yield step
        except BaseException:
            self._end_step(f"  ✗ {words}")
            raise
        seconds = time.monotonic() - began
        self._end_step(f"  ✓ {step.note or words:<46}{seconds:6.1f} s")

    def _end_step(self, text: str) -> None:
        erase = ERASE if self._under_way else ""
        self._under_way = ""
        self._send(f"{erase}{text}\n")
