"""Exact arithmetic modulo a prime: what is zero is zero, and no fraction grows long.

A group of people is a row of zeros and ones. A *dual* gives each column a number so that the
numbers add up to nothing in every row; drawn at random, it adds up to nothing in another vector
if that one is a combination of the rows, and else once in 2^31. So a few duals answer, for any
vector, whether it can be computed from the rows.

Errors are one-sided but for one case. A vector that is no combination may look like one: then a
figure is refused that need not be. One that is a combination can be missed only if PRIME divides
all minors of full rank at once; for zeros and ones, whose elementary divisors are small, nobody
knows of a way to come there but by trying for it.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.int64]
type Rows = NDArray[np.bool_]

PRIME = 2**31 - 1
TRIES = 3
PANEL = 32


class NoDuals(ArithmeticError):
    """No random weights led to a solution; each attempt has one chance in millions to fail."""


def draw(shape: Any, dice: np.random.Generator) -> Numbers:
    drawn: Numbers = dice.integers(1, PRIME, size=shape, dtype=np.int64)
    return drawn


def inverse(number: int) -> int:
    return pow(number, -1, PRIME)


def inverses(numbers: Numbers) -> Numbers:
    """Of each number but zero, by Fermat's little theorem; zero stays zero."""
    result, square, exponent = np.ones_like(numbers), numbers % PRIME, PRIME - 2
    while exponent:
        if exponent & 1:
            result = result * square % PRIME
        square = square * square % PRIME
        exponent >>= 1
    return result


def duals(rows: Rows, count: int, dice: np.random.Generator) -> Numbers:
    """So many duals of the rows, one a line.

    Any line minus its projection on the rows is one. The projection is taken with random weights,
    so that no combination of rows is orthogonal to itself by accident; the result is verified.
    """
    given = rows.astype(np.float64)
    for _ in range(TRIES):
        weights = draw(rows.shape[1], dice)
        lines = draw((rows.shape[1], count), dice)
        products = _exact((given * weights) @ given.T)
        parts = solve(products, _exact(given @ lines))
        found = (lines - weights[:, None] * _exact(given.T @ parts.astype(np.float64))) % PRIME
        if not _exact(given @ found).any():
            return np.ascontiguousarray(found.T)
    raise NoDuals


def solve(left: Numbers, right: Numbers) -> Numbers:
    """Some solution of ``left @ x = right``, which may have more unknowns than equations tell."""
    count = len(left)
    system = np.hstack([left, right]) % PRIME
    pivots: list[int] = []
    for start in range(0, count, PANEL):
        _eliminate(system, pivots, start, min(start + PANEL, count))
    return _substitute(system, pivots, count)


def _eliminate(system: Numbers, pivots: list[int], start: int, stop: int) -> None:
    """Bring these columns to echelon form: one by one in themselves, at once in what follows."""
    first = len(pivots)
    size = len(system)
    steps = np.zeros((size, stop - start), dtype=np.int64)
    for column in range(start, stop):
        row = len(pivots)
        below = np.flatnonzero(system[row:, column])
        if not below.size:
            continue
        other = row + int(below[0])
        if other != row:
            system[[row, other]] = system[[other, row]]
            steps[[row, other]] = steps[[other, row]]
        factors = system[row + 1 :, column] * inverse(int(system[row, column])) % PRIME
        part = system[row + 1 :, column:stop]
        part -= factors[:, None] * system[row, column:stop] % PRIME
        part %= PRIME
        steps[row + 1 :, row - first] = factors
        pivots.append(column)
    made = len(pivots) - first
    rest = system[first:, stop:]
    for row in range(made):
        rest[row + 1 : made] -= steps[first + row + 1 : first + made, row, None] * rest[row] % PRIME
        rest[row + 1 : made] %= PRIME
    if made:
        rest[made:] -= _times(steps[first + made :, :made], rest[:made])
        rest[made:] %= PRIME


def _times(left: Numbers, right: Numbers) -> Numbers:
    """Their product; at most PANEL columns on the left, so that floats hold it exactly."""
    wide = left.astype(np.float64)
    high = _exact(wide @ (right >> 16).astype(np.float64))
    return ((high << 16) + _exact(wide @ (right & 0xFFFF).astype(np.float64))) % PRIME


def _substitute(system: Numbers, pivots: list[int], count: int) -> Numbers:
    found = np.zeros((count, system.shape[1] - count), dtype=np.int64)
    for row in range(len(pivots) - 1, -1, -1):
        column = pivots[row]
        known = system[row, column + 1 : count, None] * found[column + 1 :] % PRIME
        rest = (system[row, count:] - known.sum(axis=0)) % PRIME
        found[column] = rest * inverse(int(system[row, column])) % PRIME
    return found


def _exact(numbers: NDArray[np.float64]) -> Numbers:
    """Sums of fewer than four million residues are whole numbers that floats hold exactly."""
    return numbers.astype(np.int64) % PRIME
