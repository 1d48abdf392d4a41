"""Counts that go to a sponsor: nobody can be picked out, and nothing can be subtracted.

No group under FEWEST is shown, and no distribution of fewer than FEWEST_SPREAD. Small groups go
into one; where that one would still be small, the smallest shown group goes in as well, so that
a total does not give away what is hidden.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST = 5
FEWEST_SPREAD = 8


@dataclass(frozen=True, slots=True)
class Group:
    """A count with its label; empty labels are groups that were put together."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Band:
    """Scores from ``low`` up to, but not including, ``high``."""

    low: int
    high: int
    count: int


def stands_alone(count: int, *, of: int) -> bool:
    """Whether a group may be shown beside the total: neither it nor the others are few."""
    return count >= FEWEST and not 0 < of - count < FEWEST


def merged(groups: Iterable[Group]) -> list[Group]:
    """The groups, the largest first; those too small are put together under no label."""
    ordered = sorted(
        (each for each in groups if each.count), key=lambda each: (-each.count, each.label)
    )
    shown = [each for each in ordered if each.count >= FEWEST]
    rest = sum(each.count for each in ordered[len(shown) :])
    while 0 < rest < FEWEST and shown:
        rest += shown.pop().count
    if 0 < rest < FEWEST:
        return []
    return [*shown, Group("", rest)] if rest else shown


def bands(scores: Sequence[int], *, width: int = 10, top: int = 110) -> list[Band]:
    """How scores are spread, in bands that grow until each holds enough; or nothing."""
    if len(scores) < FEWEST_SPREAD:
        return []
    found: list[Band] = []
    low = count = 0
    for high in range(width, top + width, width):
        count += sum(high - width <= score < high for score in scores)
        if count >= FEWEST:
            found.append(Band(low, high, count))
            low, count = high, 0
    if count:
        last = found.pop()
        found.append(Band(last.low, top, last.count + count))
    return found
