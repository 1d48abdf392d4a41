"""The first step on a fresh machine, with programs that stand in for what it may lack."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from mentoring.local.place import ROOT

SCRIPT = ROOT / "mentoring" / "local" / "bootstrap.sh"
ORDINARY = ("cat", "date", "rm", "sh", "touch", "mkdir")
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
TOO_OLD = "case $* in *version_info*) exit 1; esac"
WITHOUT_PANGO = "case $* in *weasyprint*) [ -e pango ]; esac"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout on a machine with the ordinary programs and no Python."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ORDINARY:
        (programs / name).symlink_to(str(shutil.which(name)))
    (tmp_path / ".python-version").write_text("3.13\n")
    (tmp_path / "requirements.lock").touch()
    return tmp_path


def program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def bootstrap(machine: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(SCRIPT), *arguments],
        cwd=machine,
        env={"PATH": str(machine / "bin"), "CALLS": str(machine / "calls")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_python_one_sentence_says_so(machine: Path) -> None:
    done = bootstrap(machine)
    assert (done.returncode, done.stderr) == (
        1,
        "There is no python3: install Python 3.12 or newer, then run this again.\n",
    )


def test_without_an_interpreter_that_is_new_enough_one_sentence_says_so(machine: Path) -> None:
    program(machine / ".boot" / "bin" / "uv", '[ "$1" = --version ]')
    done = bootstrap(machine)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "uv found no Python 3.12 or newer: install one, or let uv fetch one with"
        " “UV_PYTHON_DOWNLOADS=automatic make install”."
    )


def test_the_wanted_version_is_tried_first_and_then_any_that_will_do(machine: Path) -> None:
    program(
        machine / ".boot" / "bin" / "uv", 'echo "$*" >> "$CALLS"; case $* in *3.13*) exit 2; esac'
    )
    program(machine / ".venv" / "bin" / "python", TOO_OLD)
    done = bootstrap(machine)
    assert done.returncode == 0, done.stderr
    calls = (machine / "calls").read_text().splitlines()
    assert [call.partition("--python ")[2] for call in calls if call.startswith("venv")] == [
        "3.13 .venv",
        ">=3.12 .venv",
    ]
    assert calls[-1].startswith("pip sync --quiet --require-hashes")


def test_a_failed_installation_shows_why_and_is_not_taken_for_done(machine: Path) -> None:
    program(
        machine / ".boot" / "bin" / "uv", 'case $* in pip*) echo "hash differs" >&2; exit 1; esac'
    )
    done = bootstrap(machine)
    assert done.returncode == 1
    assert done.stderr == (
        "hash differs\nThe packages of requirements.lock could not be installed, see above.\n"
    )
    assert not (machine / ".venv" / ".installed").exists()


def test_libraries_that_pdfs_need_are_installed_where_they_are_missing(machine: Path) -> None:
    program(machine / ".boot" / "bin" / "uv", "exit 0")
    program(machine / ".venv" / "bin" / "python", WITHOUT_PANGO)
    program(machine / "bin" / "id", "echo 0")
    program(machine / "bin" / "apt-get", 'echo "$*" >> "$CALLS"; touch pango')
    assert bootstrap(machine).returncode == 0
    assert (machine / "calls").read_text().splitlines() == [
        "-qq update",
        f"-qq install --yes --no-install-recommends {LIBRARIES}",
    ]
    assert bootstrap(machine).returncode == 0
    assert len((machine / "calls").read_text().splitlines()) == 2


def test_where_those_libraries_cannot_be_had_one_sentence_says_how_to_get_them(
    machine: Path,
) -> None:
    program(machine / ".boot" / "bin" / "uv", "exit 0")
    program(machine / ".venv" / "bin" / "python", WITHOUT_PANGO)
    done = bootstrap(machine)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "PDFs need Pango, which could not be installed, see above."
        f" On Debian: apt-get install {LIBRARIES}; on macOS: brew install pango."
    )
    assert not (machine / ".venv" / ".installed").exists()


def test_packages_are_installed_again_only_when_the_lock_changes(machine: Path) -> None:
    for path in (SCRIPT.relative_to(ROOT), Path(".venv/.installed")):
        (machine / path).parent.mkdir(parents=True, exist_ok=True)
        (machine / path).touch()
    assert not would_install(machine)
    ahead = time.time() + 5
    os.utime(machine / "requirements.lock", (ahead, ahead))
    assert would_install(machine)


def would_install(checkout: Path) -> bool:
    done = subprocess.run(
        ["make", "--question", "--file", str(ROOT / "Makefile"), ".venv/.installed"],
        cwd=checkout,
        capture_output=True,
        check=False,
    )
    return done.returncode != 0
