"""What may be counted for somebody who sees no names."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as some

from mentoring.matching.showing.disclosure import FEWEST, Band, Group, bands, merged, stands_alone

COUNTS = some.lists(some.integers(0, 40), max_size=12)


@given(COUNTS)
@example([3])
@example([20, 6, 2])
@example([5, 1])
def test_no_group_is_small_and_nobody_is_lost(counts):
    found = merged(Group(str(at), count) for at, count in enumerate(counts))

    assert all(each.count >= FEWEST for each in found)
    assert sum(each.count for each in found) in {sum(counts), 0}
    assert (found == []) == (sum(counts) < FEWEST)


def test_one_small_group_takes_another_with_it():
    groups = [Group("Sales", 20), Group("Works", 6), Group("Law", 2)]

    assert merged(groups) == [Group("Sales", 20), Group("", 8)]


@given(some.lists(some.integers(0, 102), max_size=60))
def test_no_band_of_scores_is_small_and_all_scores_are_in_one(scores):
    found = bands(scores)

    assert sum(each.count for each in found) == (len(scores) if len(scores) >= 8 else 0)
    assert all(each.count >= FEWEST for each in found)
    assert all(one.high == other.low for one, other in pairwise(found))


def test_bands_grow_from_below_until_they_hold_enough():
    scores = [12, 34, 41, 42, 43, 55, 56, 57, 58, 59, 99]

    assert bands(scores) == [Band(0, 50, 5), Band(50, 110, 6)]


@given(some.integers(0, 60), some.integers(0, 60))
def test_neither_a_group_nor_the_others_are_few_where_the_total_is_known(count, others):
    assert stands_alone(count, of=count + others) == (
        count >= FEWEST and (others == 0 or others >= FEWEST)
    )
