"""Folders and children for tests that start real servers."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from mentoring.local.console import Console
from mentoring.local.processes import Children
from tests.plugins.databases import FOLDER


@pytest.fixture
def children() -> Iterator[Children]:
    with Children(Console(quiet=True)) as started:
        yield started


@pytest.fixture
def sockets() -> Path:
    """A short folder: pytest's own is often too deep for a socket. It goes with the run."""
    return Path(os.environ[FOLDER]) / f"s{uuid4().hex[:8]}"
