"""Looking for few people whose numbers add up to nothing: meeting in the middle.

People whom no group tells apart are an *atom*. Each has a number in every dual; a combination of
groups is nothing but these few people if their numbers add up to nothing in all duals.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mentoring.reports.disclosure.kernel.field import PRIME, Numbers, inverses

# With more atoms of one person than that, groups are refused instead of looked into.
MANY = 3_000
SHIFT = 31
PORTION = 30_000


def is_met(numbers: Numbers, sizes: NDArray[np.int64], target: Numbers, budget: int) -> bool:
    """Whether some atoms with at most ``budget`` people in all add up to the target.

    An atom taken twice counts as well: that is a combination of as few people, too. All ways to
    have four people are tried; of more, those with one atom or two, or with two single people.
    """
    keys = {size: np.sort(_packed(numbers[:, sizes == size])) for size in range(1, budget + 1)}
    if any(_holds(keys[size], _packed(target[:, None])) for size in keys):
        return True
    by_size = {size: numbers[:, sizes == size] for size in keys}
    pairs = ((one, other) for one in keys for other in keys if one <= other)
    for one, other in pairs:
        if one + other <= budget and _holds(keys[other], _packed(_less(target, by_size[one]))):
            return True
    return budget >= 3 and _are_more_met(by_size[1], keys, target, budget)


def _are_more_met(
    ones: Numbers, keys: dict[int, NDArray[np.int64]], target: Numbers, budget: int
) -> bool:
    """Two atoms of one person, and one or two more."""
    if ones.shape[1] > MANY:
        return True
    pairs = []
    for sums in _pair_sums(ones):
        wanted = _packed(_less(target, sums))
        if any(_holds(keys[size], wanted) for size in range(1, budget - 1)):
            return True
        if budget > 3:
            pairs.append((_packed(sums), wanted))
    if not pairs:
        return False
    known = np.sort(np.concatenate([each for each, _ in pairs]))
    return any(_holds(known, wanted) for _, wanted in pairs)


def are_parallel(numbers: Numbers, sizes: NDArray[np.int64], budget: int) -> bool:
    """Whether a weighted sum of two atoms, of so few people in all, adds up to nothing."""
    scales = inverses(numbers[0])
    keys = _packed(numbers[1:] * scales % PRIME)
    order = np.lexsort((sizes, keys))
    keys, sizes = keys[order], sizes[order]
    alike = keys[1:] == keys[:-1]
    return bool((alike & (sizes[1:] + sizes[:-1] <= budget)).any())


def _pair_sums(ones: Numbers) -> Iterator[Numbers]:
    """Of any two, in portions."""
    count = ones.shape[1]
    step = max(1, PORTION // max(1, count))
    for at in range(0, count, step):
        first, second = np.triu_indices(min(step, count - at), 1, count - at)
        yield (ones[:, at + first] + ones[:, at + second]) % PRIME


def _less(target: Numbers, numbers: Numbers) -> Numbers:
    return (target[:, None] - numbers) % PRIME


def _packed(numbers: Numbers) -> NDArray[np.int64]:
    """The first two duals in one number."""
    packed: NDArray[np.int64] = (numbers[0] << SHIFT) | numbers[1]
    return packed


def _holds(known: NDArray[np.int64], wanted: NDArray[np.int64]) -> bool:
    if not known.size or not wanted.size:
        return False
    at = np.searchsorted(known, wanted)
    at[at == known.size] = 0
    return bool((known[at] == wanted).any())
