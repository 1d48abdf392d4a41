"""A process that is told to stop finishes the mail in hand and gives the rest back."""

import mmap
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Shared with the children of a worker, which are forked later and hear nothing themselves.
_worker = mmap.mmap(-1, 1)


class _Here:
    """Whether this very process was told, as all of a group are by some supervisors."""

    told = False


def begin() -> None:
    """Take up nothing new any more, in this process and in those that it has forked."""
    _worker[0] = 1


def began() -> bool:
    """Whether to stop after the mail in hand."""
    return _Here.told or _worker[0] == 1


@contextmanager
def finishing() -> Iterator[None]:
    """SIGTERM inside waits for the end of the block, which should be near once `began`.

    Otherwise it would come between sending a mail and marking it as sent. Only the main
    thread hears signals; elsewhere the block is nothing special.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _tell)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        was_told, _Here.told = _Here.told, False
        # A worker that is stopping itself dismisses its children in order.
        if was_told and not _worker[0]:
            os.kill(os.getpid(), signal.SIGTERM)


def _tell(*_: Any) -> None:
    _Here.told = True
