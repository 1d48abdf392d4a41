"""Keeps numpy's matrix product on the thread that asks for it.

The engine divides its work among threads itself; a library that divides every small product once
more spends most of its time waiting, above all on a machine that has other things to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def _libraries() -> ThreadpoolController:
    """Looked for once: it costs more than matching a small cohort."""
    return ThreadpoolController()


@contextmanager
def one_thread() -> Iterator[None]:
    """A block in which products use one thread each; results are the same either way."""
    with _libraries().limit(limits=1, user_api="blas"):
        yield
