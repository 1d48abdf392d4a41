"""The groups that were told of, and whether one more may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from mentoring.reports.disclosure.kernel.field import PRIME, Numbers, Rows, draw, duals, inverse
from mentoring.reports.disclosure.kernel.search import are_parallel, is_met
from mentoring.reports.disclosure.kernel.verdicts import Verdict

type Labels = NDArray[np.int64]

# So many people are few: nothing may be known of them that is not known of more.
FEW = 4
# So many duals decide; each group that is told costs one of the pool.
DECIDING, POOL = 4, 64


@dataclass(frozen=True, slots=True)
class Cut:
    """How a new group cuts the atoms there were.

    ``labels`` are the new atoms, ``sizes`` their people. ``inner`` and ``outer`` are the two
    halves of those that were cut; who was in no group before and is in this one is ``inner``.
    ``fewest`` people are in anything that can be computed with the new group and not without.
    """

    labels: Labels
    sizes: Labels
    inner: Labels
    outer: Labels
    is_new: bool
    fewest: int


@dataclass(frozen=True, slots=True)
class Atoms:
    """Some atoms: where they are in the cut, their people, and their numbers in some duals."""

    places: Labels
    sizes: Labels
    numbers: Numbers

    @classmethod
    def of(cls, lines: Numbers, cut: Cut, wanted: Rows) -> Self:
        found = np.zeros((len(lines), len(wanted)), dtype=np.int64)
        people = np.flatnonzero(wanted[cut.labels])
        for at, line in enumerate(lines):
            np.add.at(found[at], cut.labels[people], line[people])
        places = np.flatnonzero(wanted)
        return cls(places, cut.sizes[places], found[:, places] % PRIME)


class Family:
    """The groups of one measure that were told of so far; each is a row of who is in it.

    The decision depends on nothing else, and neither on the order of people.
    """

    def __init__(self, told: Rows, *, dice: np.random.Generator | None = None) -> None:
        self._dice = dice or np.random.default_rng()
        self._rows: list[Rows] = list(np.unique(told, axis=0)) if len(told) else []
        self._covered = told.any(axis=0)
        self._labels = _labels_of(told)
        self._pool: Numbers | None = None
        self._waiting: list[Rows] = []

    def decide(self, group: Rows, *, least: int) -> Verdict:
        """Whether the group may be told of; if so, it is from then on.

        Nothing may be computed of fewer than ``least`` people, nor of FEW.
        """
        if int(group.sum()) < least:
            return Verdict.TOO_FEW
        few = max(least - 1, FEW)
        cut = self._cut(group)
        if not cut.fewest and not _sums(self._duals(), group).any():
            return Verdict.OK
        verdict = Verdict.OK if cut.fewest > few else self._look(group, cut, few)
        if verdict == Verdict.OK:
            self._tell(group, cut)
        return verdict

    def decide_all(self, groups: Iterable[tuple[Rows, int]]) -> list[Verdict]:
        """Groups with their least sizes, in this order: what comes first hides what comes later."""
        return [self.decide(group, least=least) for group, least in groups]

    def _look(self, group: Rows, cut: Cut, few: int) -> Verdict:
        if self._leaves_few_beside_one(group, few):
            return Verdict.DIFFERENCE
        lines = self._duals()
        return self._look_into(_less_one(lines, _sums(lines, group)), cut, few)

    def _look_into(self, lines: Numbers, cut: Cut, few: int) -> Verdict:
        """Who stands out once the group is told, with duals of all groups and this one."""
        is_covered = np.zeros(len(cut.sizes), dtype=bool)
        is_covered[cut.labels[self._covered]] = True
        is_covered[cut.inner] = True
        small = Atoms.of(lines, cut, is_covered & (cut.sizes <= few))
        alone = small.sizes[~small.numbers.any(axis=0)]
        if alone.size:
            return Verdict.SOLVABLE if alone.min() == 1 else Verdict.DIFFERENCE
        if _is_group_left(small, cut, few):
            return Verdict.DIFFERENCE
        if are_parallel(small.numbers, small.sizes, few):
            return Verdict.SOLVABLE
        return Verdict.OK

    def _leaves_few_beside_one(self, group: Rows, few: int) -> bool:
        """The plain case: a group that was told of, with or without a few of its people."""
        if not self._rows:
            return False
        rows = np.array(self._rows)
        more, fewer = (group & ~rows).sum(axis=1), (rows & ~group).sum(axis=1)
        nested = ((more == 0) & (fewer > 0) & (fewer <= few)) | (
            (fewer == 0) & (more > 0) & (more <= few)
        )
        return bool(nested.any())

    def _cut(self, group: Rows) -> Cut:
        _, labels = np.unique(self._labels * 2 + group, return_inverse=True)
        sizes = np.bincount(labels)
        first = np.zeros(len(sizes), dtype=np.int64)
        first[labels] = np.arange(len(labels))
        before, is_in = self._labels[first], group[first]
        is_known = self._covered[first]
        is_cut = np.bincount(before)[before] == 2
        inner = is_in & (is_cut | ~is_known)
        outer = ~is_in & is_cut & is_known
        halves = np.full(int(before.max(initial=0)) + 1, np.iinfo(np.int64).max)
        np.minimum.at(halves, before[inner], sizes[inner])
        np.minimum.at(halves, before[outer], sizes[outer])
        fewest = halves[np.unique(before[inner])].sum()
        return Cut(
            labels=labels,
            sizes=sizes,
            inner=np.flatnonzero(inner),
            outer=np.flatnonzero(outer),
            is_new=bool((is_in & ~is_known).any()),
            fewest=int(fewest),
        )

    def _tell(self, group: Rows, cut: Cut) -> None:
        self._rows.append(group)
        self._waiting.append(group)
        self._covered = self._covered | group
        self._labels = cut.labels

    def _duals(self) -> Numbers:
        """Some duals of all groups told of: those of before, less one for each new group."""
        if self._pool is None or len(self._pool) - len(self._waiting) < DECIDING:
            self._pool = self._fresh_pool()
        else:
            for group in self._waiting:
                self._pool = _less_one(self._pool, _sums(self._pool, group))
        self._waiting = []
        return self._pool[:DECIDING]

    def _fresh_pool(self) -> Numbers:
        """Found for atoms, and shared out among the people of each at random."""
        lines = draw((POOL, len(self._labels)), self._dice)
        if not self._rows:
            return lines
        order = np.argsort(self._labels, kind="stable")
        starts = np.flatnonzero(np.diff(self._labels[order], prepend=-1))
        first = order[starts]
        of_atoms = duals(np.array(self._rows)[:, first], POOL, self._dice)
        lines[:, first] = 0
        others = np.add.reduceat(lines[:, order], starts, axis=1)
        lines[:, first] = (of_atoms - others) % PRIME
        return lines


def _labels_of(told: Rows) -> Labels:
    """Numbers for the atoms: people who are in the same groups have the same."""
    if not len(told):
        return np.zeros(told.shape[1], dtype=np.int64)
    packed = np.ascontiguousarray(np.packbits(told, axis=0).T)
    whole = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, labels = np.unique(whole, return_inverse=True)
    return labels.astype(np.int64)


def _sums(lines: Numbers, group: Rows) -> Numbers:
    found: Numbers = lines[:, group].sum(axis=1) % PRIME
    return found


def _less_one(lines: Numbers, values: Numbers) -> Numbers:
    """Duals that give the group nothing, too, out of those that give it ``values``."""
    at = int(np.flatnonzero(values)[0])
    factors = np.delete(values, at) * inverse(int(values[at])) % PRIME
    less: Numbers = (np.delete(lines, at, axis=0) - factors[:, None] * lines[at] % PRIME) % PRIME
    return less


def _is_group_left(small: Atoms, cut: Cut, few: int) -> bool:
    """Whether few people are what remains when groups are taken from each other.

    They are the inner halves of everything that was cut, or the outer ones, and some whole atoms.
    """
    is_whole = ~np.isin(small.places, np.concatenate([cut.inner, cut.outer]))
    numbers, sizes = small.numbers[:, is_whole], small.sizes[is_whole]
    for halves in (cut.inner,) if cut.is_new or not len(cut.inner) else (cut.inner, cut.outer):
        people = int(cut.sizes[halves].sum())
        if people > few:
            continue
        target = -small.numbers[:, np.isin(small.places, halves)].sum(axis=1) % PRIME
        if people and not target.any():
            return True
        if is_met(numbers, sizes, target, few - people):
            return True
    return False
