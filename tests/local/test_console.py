"""What a person sees while things start."""

import io
import re

import pytest

from mentoring.local.console import Console
from mentoring.local.trouble import Trouble


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def screen(written: str) -> list[str]:
    """What stands on the screen after everything was written."""
    lines = [line.rpartition("\r\x1b[K")[2] for line in written.split("\n")]
    return [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]


def test_a_step_says_how_long_it_took() -> None:
    stream = io.StringIO()
    with Console(stream=stream).step("PostgreSQL 18") as step:
        step.note = "PostgreSQL 18 ready"
    assert re.fullmatch(r"  ✓ PostgreSQL 18 ready +\d+\.\d s\n", stream.getvalue())


def test_on_a_terminal_a_step_under_way_stays_below_the_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    console = Console(stream=stream)
    with console.step("Web"):
        console.line("web", "booting")
        assert screen(stream.getvalue()) == ["web     │ booting", "  … Web"]
    assert screen(stream.getvalue())[0] == "web     │ booting"
    assert screen(stream.getvalue())[1].startswith("  ✓ Web")


def test_a_step_that_fails_says_which() -> None:
    stream = io.StringIO()
    with pytest.raises(Trouble), Console(stream=stream).step("Tables up to date"):
        raise Trouble("no")
    assert stream.getvalue() == "  ✗ Tables up to date\n"


def test_without_a_terminal_there_are_no_colors() -> None:
    stream = io.StringIO()
    Console(stream=stream).line("web", "\x1b[1;31mred\x1b[0m")
    assert stream.getvalue() == "web     │ red\n"


def test_a_closed_terminal_stops_the_writing_and_nothing_else() -> None:
    stream = io.StringIO()
    stream.close()
    console = Console(stream=stream)
    console.write("nobody reads this")
    assert console.quiet
