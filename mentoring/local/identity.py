"""Who a service runs as: PostgreSQL refuses root, and there may be no other account."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from mentoring.local import launch
from mentoring.local.trouble import Trouble

NOBODY = 65534


@cache
def unprivileged() -> str:
    """The identity for :mod:`launch` under which this process may run PostgreSQL.

    An ordinary user stays themselves. Root takes a user namespace, which also works for a
    checkout under a private home, or else the id of nobody where namespaces are forbidden.
    """
    if os.geteuid() != 0:
        return launch.AS_SELF
    tried = subprocess.run(
        [*launcher(signal_number=0, identity=launch.IN_NAMESPACE), "/bin/sh", "-c", ":"],
        capture_output=True,
        check=False,
    )
    return launch.IN_NAMESPACE if tried.returncode == 0 else str(NOBODY)


def launcher(*, signal_number: int, identity: str) -> list[str]:
    """The front of a command line whose program dies with this process."""
    script = launch.__file__
    return [sys.executable, "-I", "-S", script, str(os.getpid()), str(signal_number), identity]


def owner_id(identity: str) -> int:
    """The user id that files of a process with this identity have on disk."""
    return int(identity) if identity.isdecimal() else os.geteuid()


def owner_ids() -> set[int]:
    """Every user id that files of our servers may have."""
    return {0, NOBODY} if os.geteuid() == 0 else {os.geteuid()}


def hand_over(folder: Path, *, identity: str) -> None:
    """Make the identity the owner of the folder and all that is in it."""
    owner = owner_id(identity)
    if folder.stat().st_uid == owner:
        return
    for path in [folder, *folder.rglob("*")]:
        shutil.chown(path, owner, owner)


def require_reach(program: Path, *, identity: str) -> None:
    """Raise Trouble when the identity cannot even read the program."""
    command = [*launcher(signal_number=0, identity=identity), str(program), "--version"]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        raise Trouble(
            f"PostgreSQL does not run as root, and this system neither allows user namespaces"
            f" nor lets user {NOBODY} read {program.parent}: run as an ordinary user, or set"
            f" DATABASE_URL to a PostgreSQL server."
        )
