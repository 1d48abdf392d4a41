"""Intervals around shares. Pure.

For a plain group it is Wilson's. A standardized share, the sum of w·y over people with weights w
that sum to one, is treated as the share of a plain group of fewer people, the smaller of

- ``(Σw)² / Σw²`` (Kish), what the weights are worth if all strata have one common share, and
- ``p(1−p) / V``, where V is the variance that is seen inside the strata, person by person, for
  strata of heavy people whose answers differ more than those of others.

It is approximate, and rather too wide than too narrow: the tests hold it against made-up groups.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

# People of one stratum with their answers, and the weight that each of them has.
type Part = tuple[Mapping[Any, bool], float]

# The quantile of the normal distribution at 0.975.
Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """From 0 to 1."""

    low: float
    high: float


def wilson(share: float, n: float) -> Interval:
    """The 95 % score interval of a share of so many people, whole or effective."""
    if n <= 0:
        return Interval(0.0, 1.0)
    square = Z * Z / n
    middle = (share + square / 2) / (1 + square)
    reach = Z / (1 + square) * sqrt(share * (1 - share) / n + square / (4 * n))
    return Interval(max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach)))


def effective_size(weights: Iterable[float]) -> float:
    """How many people of equal weight these are worth (Kish)."""
    given = list(weights)
    squares = sum(each * each for each in given)
    return sum(given) ** 2 / squares if squares else 0.0


def standardized(parts: Sequence[Part]) -> tuple[float, Interval]:
    """The weighted share of some strata, whose weights sum to one, and its interval.

    Whoever is in two strata is one person, with both weights.
    """
    weights: dict[Any, float] = defaultdict(float)
    for answers, weight in parts:
        for person in answers:
            weights[person] += weight
    share = sum(weight * sum(answers.values()) for answers, weight in parts)
    share = min(1.0, max(0.0, share))
    size, variance = effective_size(weights.values()), _variance(parts, share)
    if variance > 0:
        size = min(size, share * (1 - share) / variance)
    return share, wilson(share, size)


def _variance(parts: Iterable[Part], share: float) -> float:
    """How far people are from their stratum; from everybody, where a stratum is one person."""
    distances: dict[Any, float] = defaultdict(float)
    for answers, weight in parts:
        count = len(answers)
        middle = sum(answers.values()) / count if count > 1 else share
        factor = sqrt(count / (count - 1)) if count > 1 else 1.0
        for person, answer in answers.items():
            distances[person] += weight * factor * (answer - middle)
    return sum(each * each for each in distances.values())
