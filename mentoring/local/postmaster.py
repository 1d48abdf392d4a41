"""The lock file that a PostgreSQL server keeps in its data folder."""

import os
import time
from pathlib import Path

from mentoring.local.trouble import Trouble

PATIENCE = 20.0


def clear_stale_lock(data: Path) -> None:
    """Remove a lock left by a server that is gone; wait for one that is just stopping.

    PostgreSQL itself trusts any process with the recorded number, which after a restart of
    the machine, or in a container, is often somebody else. Raises Trouble when a server
    really works on the folder.
    """
    lock = data / "postmaster.pid"
    until = time.monotonic() + PATIENCE
    while (server := running_server(lock)) is not None:
        if time.monotonic() > until:
            raise Trouble(
                f"Another PostgreSQL (process {server}) works on {data}: stop it, then run again."
            )
        time.sleep(0.1)
    lock.unlink(missing_ok=True)


def running_server(lock: Path) -> int | None:
    """The process number of the server that holds the lock, if it lives and is that server."""
    try:
        number = int(lock.read_text(encoding="utf-8").splitlines()[0])
        os.kill(number, 0)
        works_here = not Path("/proc/self").exists() or Path(f"/proc/{number}/cwd").samefile(
            lock.parent
        )
    except (OSError, ValueError, IndexError):
        return None
    return number if works_here else None
