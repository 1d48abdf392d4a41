"""Somebody who has seen every figure of a year, and computes what they can about few people.

Works with singular values, in floats: neither the method of the kernel nor that of the oracle.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

type Groups = Sequence[frozenset[int]]

NOTHING = 1e-7


class Attacker:
    """Knows who was in each group, as colleagues do, and the sum of each."""

    def __init__(self, groups: Groups) -> None:
        self.groups = sorted(set(groups), key=sorted)
        people = sorted(frozenset().union(*groups))
        told = np.array([[each in group for each in people] for group in self.groups], dtype=float)
        self.people = people
        _, values, right = np.linalg.svd(told, full_matrices=True)
        rank = int((values > NOTHING * values[0]).sum())
        # Whatever cannot be told apart: a direction in which people may differ and no sum does.
        self.hidden = right[rank:]

    def small_differences(self, few: int) -> list[frozenset[int]]:
        """One group less another one that is in it, in all pairs."""
        return [
            one - other
            for one in self.groups
            for other in self.groups
            if other < one and len(one - other) <= few
        ]

    def solved(self) -> list[int]:
        """The people whose own value follows from the sums."""
        size = np.linalg.norm(self.hidden, axis=0)
        return [self.people[at] for at in np.flatnonzero(size < NOTHING)]

    def solved_together(self, few: int) -> list[frozenset[int]]:
        """Few people whose sum follows from the sums: one, two or three sorts of people."""
        atoms = [each for each in self._atoms() if len(each) <= few]
        sums = [self._hidden_of(each) for each in atoms]
        return [
            frozenset().union(*(atoms[at] for at in some))
            for count in (1, 2, 3)
            for some in combinations(range(len(atoms)), count)
            if sum(len(atoms[at]) for at in some) <= few
            and np.linalg.norm(sum(sums[at] for at in some)) < NOTHING
        ]

    def solved_with_weights(self, few: int) -> list[frozenset[int]]:
        """Two people or sorts of people of whom a weighted sum follows."""
        atoms = [each for each in self._atoms() if len(each) <= few]
        sums = [self._hidden_of(each) for each in atoms]
        return [
            atoms[one] | atoms[other]
            for one, other in combinations(range(len(atoms)), 2)
            if len(atoms[one]) + len(atoms[other]) <= few and _are_parallel(sums[one], sums[other])
        ]

    def _hidden_of(self, group: frozenset[int]) -> NDArray[np.float64]:
        columns = [self.people.index(each) for each in group]
        found: NDArray[np.float64] = self.hidden[:, columns].sum(axis=1)
        return found

    def _atoms(self) -> list[frozenset[int]]:
        found: dict[tuple[bool, ...], set[int]] = {}
        for each in self.people:
            found.setdefault(tuple(each in group for group in self.groups), set()).add(each)
        return [frozenset(each) for each in found.values()]


def _are_parallel(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    size = np.linalg.norm(one) * np.linalg.norm(other)
    return bool(size - abs(one @ other) < NOTHING**2)
