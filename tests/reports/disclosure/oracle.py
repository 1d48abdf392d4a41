"""What can be computed from the groups that were told of: with fractions, the long way.

Shares nothing with the kernel, neither code nor method.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

type Groups = Sequence[frozenset[int]]
type Row = list[Fraction]

FEW = 4


class Space:
    """The rows of zeros and ones that some groups are, in echelon form."""

    def __init__(self, groups: Iterable[frozenset[int]], people: int) -> None:
        self.people = people
        self.rows: list[tuple[int, Row]] = []
        for group in groups:
            self.add([Fraction(each in group) for each in range(people)])

    def add(self, row: Row) -> None:
        rest = self.rest_of(row)
        at = next((place for place, value in enumerate(rest) if value), None)
        if at is not None:
            scaled = [value / rest[at] for value in rest]
            self.rows = [(place, _less(known, scaled, at)) for place, known in self.rows]
            self.rows.append((at, scaled))

    def rest_of(self, row: Row) -> Row:
        """What is left of a row that is no combination of those that are told; else nothing."""
        for at, known in self.rows:
            if row[at]:
                row = _less(row, known, at)
        return row

    def tells(self, weights: dict[int, int]) -> bool:
        row = [Fraction(weights.get(each, 0)) for each in range(self.people)]
        return not any(self.rest_of(row))


def _less(row: Row, other: Row, at: int) -> Row:
    factor = row[at]
    return [a - factor * b for a, b in zip(row, other, strict=True)] if factor else row


def solvable(groups: Groups, people: int) -> set[int]:
    """The people whose own value can be computed: their row has nothing else in it."""
    return {at for at, row in Space(groups, people).rows if sum(1 for value in row if value) == 1}


def small_differences(groups: Groups) -> list[frozenset[int]]:
    """What remains of a group when another one that is in it is taken out, if it is few."""
    return [
        one - other for one in groups for other in groups if other < one and len(one - other) <= FEW
    ]


def atoms_of(groups: Groups, people: int) -> list[frozenset[int]]:
    """Who is in the same groups, but for those who are in none."""
    found: dict[tuple[bool, ...], set[int]] = {}
    for each in range(people):
        key = tuple(each in group for group in groups)
        if any(key):
            found.setdefault(key, set()).add(each)
    return [frozenset(each) for each in found.values()]


def few_left(groups: Groups, people: int) -> Iterator[frozenset[int]]:
    """Each one to four people of whom the sum can be computed."""
    space = Space(groups, people)
    atoms = atoms_of(groups, people)
    for count in range(1, FEW + 1):
        for some in combinations(atoms, count):
            left = frozenset().union(*some)
            if len(left) <= FEW and space.tells(dict.fromkeys(left, 1)):
                yield left


def weighted_pairs(groups: Groups, people: int) -> Iterator[frozenset[int]]:
    """Each two atoms of one to four people in all of whom some weighted sum can be computed."""
    rank = len(Space(groups, people).rows)
    for some in combinations(atoms_of(groups, people), 2):
        left = some[0] | some[1]
        without = [group - left for group in groups]
        if len(left) <= FEW and len(Space(without, people).rows) < rank:
            yield left


def is_safe(groups: Groups, people: int) -> bool:
    """Whether nothing can be computed of few."""
    return next(few_left(groups, people), None) is None and (
        next(weighted_pairs(groups, people), None) is None
    )


def tells_of_few(groups: Groups, people: int) -> bool:
    """Whether anything at all can be computed of one to four people, with whatever weights."""
    rank = len(Space(groups, people).rows)
    atoms = atoms_of(groups, people)
    return any(
        len(left) <= FEW and len(Space([group - left for group in groups], people).rows) < rank
        for count in range(1, FEW + 1)
        for some in combinations(atoms, count)
        for left in [frozenset().union(*some)]
    )
