"""The browser tests: the system's Chromium, or one line saying that they are left out."""

import os
import shutil
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_browser() -> str | None:
    """The program named by CHROMIUM, or the first browser of the Chromium family on the path."""
    return next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM") or "", *NAMES))), None)


def is_ci() -> bool:
    """Whether a missing browser is an error instead of a remark."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker; refuse to go green in CI without the browser tests."""
    config.addinivalue_line("markers", "browser: needs Chromium and a running server")
    if is_ci() and not find_browser():
        raise pytest.UsageError("There is no Chromium and CI is set: run “make browser” first.")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a browser when there is none."""
    with_browser = [item for item in items if is_browser_test(item)]
    for item in with_browser:
        item.add_marker(pytest.mark.browser)
        # A browser on a busy machine may lose a key press; a fault fails every time.
        item.add_marker(pytest.mark.flaky(reruns=2))
    if with_browser and not find_browser():
        items[:] = [item for item in items if item not in with_browser]
        config.hook.pytest_deselected(items=with_browser)


def is_browser_test(item: pytest.Item) -> bool:
    """By its marker, or because it opens a page."""
    opens_page = {"page", "context", "browser"} & set(getattr(item, "fixturenames", ()))
    return bool(opens_page or item.get_closest_marker("browser"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say in one line that browser tests were left out."""
    if not find_browser():
        terminalreporter.write_line(
            "Browser tests were left out because there is no Chromium: “make browser” installs it."
        )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the browser of the system instead of one that Playwright downloads."""
    return {**browser_type_launch_args, "executable_path": find_browser(), "args": FLAGS}
