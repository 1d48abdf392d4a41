"""Folders and files that only their owner may read."""

import os
import secrets
import stat
import tempfile
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from mentoring.local.trouble import Trouble

LONGEST_SOCKET_PATH = 107


def private_folder(folder: Path) -> Path:
    """Create the folder if need be, readable by its owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(0o700)
    return folder


def write_private(path: Path, text: str) -> None:
    """Write the file in one go, never readable by others, not even for a moment."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    part.replace(path)


def kept_secret(path: Path) -> str:
    """A random secret that is made once and then read from its file."""
    if not path.exists() or not path.read_text(encoding="utf-8").strip():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, f"{secrets.token_urlsafe(48)}\n")
    return path.read_text(encoding="utf-8").strip()


def socket_folder(data: Path) -> Path:
    """A short folder for the sockets of one data folder.

    A socket's path has at most 107 bytes, which a checkout's own path may already exceed.
    """
    digest = sha256(os.fsencode(data.resolve())).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"mentoring-{os.geteuid()}-{digest}"


def check_socket_folder(folder: Path, *, owners: Collection[int]) -> None:
    """Make the folder, private; Trouble when it is too deep or somebody else made it before us.

    ``owners`` are the user ids that the server has or once had.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    is_ours = (
        stat.S_ISDIR(found.st_mode)
        and stat.S_IMODE(found.st_mode) == 0o700
        and found.st_uid in owners
    )
    longest = len(os.fsencode(folder / ".s.PGSQL.5432.lock"))
    if not is_ours or longest > LONGEST_SOCKET_PATH:
        raise Trouble(
            f"Sockets cannot live in {folder}: remove it, or set TMPDIR to a short path"
            " of your own."
        )
