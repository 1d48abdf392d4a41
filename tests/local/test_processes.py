"""Child processes: in order, with their output, and never longer than their parent."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mentoring.local.console import Console
from mentoring.local.identity import NOBODY
from mentoring.local.launch import IN_NAMESPACE
from mentoring.local.processes import Children, Program, run_once, wait_until
from mentoring.local.trouble import Trouble
from tests.plugins.web import wait_for

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
time.sleep(60)
"""
ORDERLY = """
import signal, sys, time
def leave(*_):
    print("bye", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
print("up", flush=True)
time.sleep(60)
"""
PARENT_OF_ANOTHER = """
import subprocess, sys, time
from mentoring.local.identity import launcher
front = launcher(signal_number=9, identity=sys.argv[1])
print(subprocess.Popen([*front, "/bin/sleep", "60"]).pid, flush=True)
time.sleep(60)
"""
PARENT = """
import sys, time
from pathlib import Path
from mentoring.local.console import Console
from mentoring.local.identity import NOBODY
from mentoring.local.launch import IN_NAMESPACE
from mentoring.local.processes import Children, Program
children = Children(Console())
children.listen()
def start(name):
    children.start(Program(name=name, command=[sys.executable, "-c", sys.argv[1]],
        environment={"PYTHONUNBUFFERED": "1"}, folder=Path("/"), grace=float(sys.argv[2])))
with children:
    try:
        start("first"); start("second")
        children.wait_for_end()
    except KeyboardInterrupt:
        print("stopping", flush=True)
print("stopped", flush=True)
"""


def program(name: str, code: str, folder: Path, **more: float) -> Program:
    return Program(
        name=name,
        command=[sys.executable, "-c", code],
        environment={"PYTHONUNBUFFERED": "1"},
        folder=folder,
        **more,
    )


def is_alive(number: int) -> bool:
    """Whether the process runs; one that waits only for its parent's look does not."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def start_parent(code: str, *, grace: float = 10.0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, code, str(grace)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def lines_until(process: subprocess.Popen[str], *, count: int, words: str) -> None:
    assert process.stdout
    for line in process.stdout:
        count -= words in line
        if not count:
            return


def children_of(number: int) -> list[int]:
    path = Path(f"/proc/{number}/task/{number}/children")
    return [int(child) for child in path.read_text().split()]


def test_children_are_stopped_in_reverse_order(tmp_path: Path) -> None:
    stream = io.StringIO()
    with Children(Console(stream=stream)) as children:
        for name in ("first", "second"):
            children.start(program(name, ORDERLY, tmp_path))
        wait_for(lambda: stream.getvalue().count("up") == 2)
    assert [line for line in stream.getvalue().splitlines() if "bye" in line] == [
        "second  │ bye",
        "first   │ bye",
    ]


def test_a_child_that_ignores_the_request_is_killed(tmp_path: Path) -> None:
    stream = io.StringIO()
    children = Children(Console(stream=stream))
    child = children.start(program("stubborn", STUBBORN, tmp_path, grace=0.2))
    wait_for(lambda: "up" in stream.getvalue())
    children.stop()
    assert child.process.returncode == -signal.SIGKILL


def test_a_killed_parent_leaves_no_child_behind() -> None:
    parent = start_parent(STUBBORN)
    lines_until(parent, count=2, words="up")
    numbers = children_of(parent.pid)
    assert len(numbers) == 2
    assert all(is_alive(number) for number in numbers)
    parent.kill()
    parent.communicate()
    wait_for(lambda: not any(is_alive(number) for number in numbers))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("identity", [IN_NAMESPACE, str(NOBODY)])
def test_nor_does_it_leave_one_that_became_somebody_else(identity: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT_OF_ANOTHER, identity], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout
    number = int(parent.stdout.readline())
    wait_for(lambda: Path(f"/proc/{number}/cmdline").read_bytes().startswith(b"/bin/sleep"))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_for(lambda: not is_alive(number))


def test_one_interrupt_stops_orderly() -> None:
    parent = start_parent(ORDERLY)
    lines_until(parent, count=2, words="up")
    parent.send_signal(signal.SIGINT)
    output, _ = parent.communicate(timeout=10)
    assert output.splitlines() == ["stopping", "second  │ bye", "first   │ bye", "stopped"]
    assert parent.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_polite_kill_and_a_hang_up_do_the_same(number: signal.Signals) -> None:
    parent = start_parent(ORDERLY)
    lines_until(parent, count=2, words="up")
    parent.send_signal(number)
    assert "first   │ bye" in parent.communicate(timeout=10)[0]


def test_a_second_interrupt_does_not_wait() -> None:
    parent = start_parent(STUBBORN, grace=50.0)
    lines_until(parent, count=2, words="up")
    began = time.monotonic()
    parent.send_signal(signal.SIGINT)
    lines_until(parent, count=1, words="stopping")
    parent.send_signal(signal.SIGINT)
    parent.communicate(timeout=20)
    assert time.monotonic() - began < 10


def test_output_is_written_in_whole_lines_under_the_name(tmp_path: Path) -> None:
    stream = io.StringIO()
    with Children(Console(stream=stream)) as children:
        child = children.start(
            program("web", "print('\\x1b[31mred\\x1b[0m'); print('ü')", tmp_path)
        )
        child.wait(10)
    assert stream.getvalue() == "web     │ red\nweb     │ ü\n"


def test_a_child_that_ends_while_starting_is_explained(children: Children, tmp_path: Path) -> None:
    child = children.start(program("web", "raise SystemExit(3)", tmp_path))
    with pytest.raises(Trouble, match=r"^web stopped while starting\. See above\.$"):
        wait_until(lambda: False, child=child, seconds=10, explain=lambda: "See above.")


def test_a_child_that_never_gets_ready_is_explained(children: Children, tmp_path: Path) -> None:
    child = children.start(program("web", "import time; time.sleep(60)", tmp_path))
    with pytest.raises(Trouble, match=r"^web is not ready after 0 s\. See above\.$"):
        wait_until(lambda: False, child=child, seconds=0.1, explain=lambda: "See above.")


def test_running_once_returns_what_was_printed_and_not_the_remarks(tmp_path: Path) -> None:
    code = "import sys; print('result'); print('remark', file=sys.stderr)"
    assert run_once(program("job", code, tmp_path)) == "result\n"


def test_running_once_tells_why_it_failed(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"^job failed:\nno such thing$"):
        run_once(program("job", "raise SystemExit('no such thing')", tmp_path))


def test_children_run_in_a_session_of_their_own(children: Children, tmp_path: Path) -> None:
    child = children.start(program("web", "import time; time.sleep(60)", tmp_path))
    assert os.getsid(child.process.pid) == child.process.pid
