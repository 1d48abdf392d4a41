"""What is made from the checkout before pages can be served: texts and static files."""

import os
import subprocess
import sys
from pathlib import Path

from environs import Env

from mentoring.local.place import ROOT


def texts_are_stale(folder: Path = ROOT / "locale") -> bool:
    """Whether a catalogue was changed, or never compiled, since it was compiled last."""
    pairs = [(path, path.with_suffix(".mo")) for path in folder.glob("*/LC_MESSAGES/*.po")]
    return any(
        not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime
        for path, compiled in pairs
    )


def static_is_missing() -> bool:
    """Whether pages would name static files that nobody collected. In development none are."""
    env = Env()
    folder: Path = env.path("STATIC_ROOT", ROOT / ".local" / "static")
    return not env.bool("DEVELOPMENT", False) and not (folder / "staticfiles.json").exists()


def build_if_missing() -> None:
    """Compile texts and collect static files where that has not been done."""
    if texts_are_stale():
        _manage("messages", "compile")
    if static_is_missing():
        _manage("collectstatic", "--noinput", "--verbosity", "0")


def _manage(*arguments: str) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    subprocess.run(command, env=os.environ, cwd=ROOT, check=True)
