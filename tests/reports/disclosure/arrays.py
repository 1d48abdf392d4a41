"""Groups as the kernel has them."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from mentoring.reports.disclosure.kernel import Family


def row(group: Iterable[int], people: int) -> NDArray[np.bool_]:
    found = np.zeros(people, dtype=bool)
    found[list(group)] = True
    return found


def family(groups: Iterable[Iterable[int]], people: int, *, seed: int = 1) -> Family:
    rows = [row(each, people) for each in groups]
    told = np.array(rows, dtype=bool).reshape(len(rows), people)
    return Family(told, dice=np.random.default_rng(seed))
