"""Bands of grades: few enough that a group of people is not a handful."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from math import ceil

MOST = 4


@dataclass(frozen=True, slots=True)
class Band:
    """Consecutive grades, from the most junior to the most senior of them."""

    grades: tuple[str, ...]

    @property
    def name(self) -> str:
        first, *_, last = (self.grades[0], *self.grades)
        return first if first == last else f"{first} – {last}"


def bands(grades: Iterable[tuple[str, int]]) -> Sequence[Band]:
    """At most four bands of nearly as many grades each, the junior ones first.

    ``grades`` are names with their ranks, in any order and more than once if need be.
    """
    names = [name for name, _ in sorted(set(grades), key=lambda each: (each[1], each[0]))]
    names = list(dict.fromkeys(names))
    size = ceil(len(names) / MOST) or 1
    return [Band(tuple(some)) for some in batched(names, size)]
