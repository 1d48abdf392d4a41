"""How much is told of what how many people answered."""

import pytest

from mentoring.feedback.disclosure import Batch, average, distribution, least
from programs.enums import QuestionKind


@pytest.mark.parametrize(
    ("kind", "at_first", "at_last"),
    [
        (QuestionKind.RATED, 8, 5),
        (QuestionKind.CHOICE, 8, 8),
        (QuestionKind.TEXT, 10, 10),
    ],
)
def test_scores_wait_for_more_people_and_not_for_ever(kind, at_first, at_last):
    assert (least(kind), least(kind, is_patient=False)) == (at_first, at_last)


def test_an_average_is_of_batches_from_five_people():
    five, four = Batch(5, [1, 2, 3, 4, 5]), Batch(4, [5, 5, 5, 5])
    assert average([five, four]) == (3.0, 5)
    assert average([four]) is None
    assert average([]) is None


def test_answers_are_not_people():
    twice_each = Batch(4, [3, 3, 3, 3, 3, 3, 3, 3])
    assert average([twice_each]) is None
    assert distribution([twice_each], range(1, 6)) is None


def test_a_distribution_is_of_batches_from_eight_people():
    eight, seven = Batch(8, [1, 1, 1, 1, 1, 1, 1, 5]), Batch(7, [3] * 7)
    assert distribution([eight, seven], range(1, 6)) == [7, 0, 0, 0, 1]
    assert distribution([seven], range(1, 6)) is None


def test_two_moments_differ_by_no_fewer_people_than_an_average_needs():
    first, second = Batch(8, [5] * 8), Batch(5, [1] * 5)
    assert average([first]) == (5.0, 8)
    assert average([first, second]) == (45 / 13, 13)
    assert distribution([first, second], range(1, 6)) == distribution([first], range(1, 6))
