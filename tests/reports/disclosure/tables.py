"""Two-way tables of people with their totals, as reports tell of them month by month."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Cells = list[NDArray[np.bool_]]

BANDS = 4


@dataclass(frozen=True)
class Company:
    """Where people are and until when; ``never`` is a month after all others."""

    departments: NDArray[np.int64]
    bands: NDArray[np.int64]
    joined: NDArray[np.int64]
    left: NDArray[np.int64]

    def cells(self, month: int = 0) -> Cells:
        """The whole, departments, bands, and departments by bands: coarse to fine, large first."""
        here = (self.joined <= month) & (self.left > month)
        ways = [
            [here & (self.departments == each) for each in range(self.departments.max() + 1)],
            [here & (self.bands == each) for each in range(BANDS)],
        ]
        inner = [one & other for one in ways[0] for other in ways[1]]
        return [here, *(by_size(ways[0])), *by_size(ways[1]), *by_size(inner)]


def by_size(cells: Cells) -> Cells:
    return sorted(cells, key=lambda cell: -int(cell.sum()))


def company(seed: int, people: int = 300, *, churn: float = 0.0, months: int = 1) -> Company:
    """Departments of skewed sizes; each month a share of the people joins, and one leaves."""
    dice = np.random.default_rng(seed)
    more = int(people * churn) * months
    count = people + more
    weights = 1 / np.arange(1, 9 + seed % 5) ** (0.6 + seed % 6 / 10)
    joined, left = np.zeros(count, dtype=np.int64), np.full(count, months)
    if more:
        joined[people:] = dice.integers(1, months, more)
        gone = dice.choice(people, min(more, people), replace=False)
        left[gone] = dice.integers(1, months, len(gone))
    return Company(
        dice.choice(len(weights), count, p=weights / weights.sum()),
        dice.choice(BANDS, count, p=dice.dirichlet(np.full(BANDS, 3.0))),
        joined,
        left,
    )


def moving(given: Company, month: int, share: float, seed: int) -> Company:
    """Some people are in another department from now on."""
    dice = np.random.default_rng((seed, month))
    departments = given.departments.copy()
    movers = dice.choice(len(departments), int(len(departments) * share), replace=False)
    departments[movers] = dice.integers(0, departments.max() + 1, len(movers))
    return Company(departments, given.bands, given.joined, given.left)


def months_of(given: Company, count: int, *, moves: float, seed: int) -> Iterator[Cells]:
    for month in range(count):
        yield given.cells(month)
        given = moving(given, month, moves, seed)
