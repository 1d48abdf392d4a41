"""The one way in which functions are compiled: kept on disk, without the interpreter's lock."""

from collections.abc import Callable
from typing import cast

from numba import njit


def kernel[F: Callable[..., object]](function: F) -> F:
    """Compile at the first call, or take what an earlier process has compiled."""
    return cast("F", njit(cache=True, nogil=True)(function))
