"""A machine without Chromium tests everything else, says so once, and is never green in CI."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mentoring.local.place import ROOT
from tests.plugins.browser import find_browser

REMARK = "Browser tests were left out because there is no Chromium: “make browser” installs it."


def collect(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What pytest would run, with only the given folder on the path."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/browser", "tests/lib"],
        cwd=ROOT,
        env={"PATH": str(folder), "HOME": os.environ.get("HOME", "/"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return tmp_path


def test_without_one_the_browser_tests_are_left_out_in_one_line(empty: Path) -> None:
    done = collect(empty)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("make browser") == 1
    assert REMARK in done.stdout.splitlines()
    assert "tests/browser/" not in done.stdout
    assert "tests/lib/" in done.stdout


def test_in_ci_a_missing_browser_is_an_error(empty: Path) -> None:
    done = collect(empty, CI="true")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "There is no Chromium and CI is set: run “make browser” first." in done.stderr


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_it_is_found_under_each_of_its_names(
    empty: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("PATH", str(empty))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert find_browser() is None
    program = empty / name
    program.touch(mode=0o755)
    assert find_browser() == str(program)


def test_the_one_that_the_environment_names_is_preferred(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "my-browser"
    program.touch(mode=0o755)
    monkeypatch.setenv("CHROMIUM", str(program))
    assert find_browser() == str(program)
