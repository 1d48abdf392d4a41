"""How much of what people answered may be told, so that nobody can be made out.

The only place for these rules; reports use it as well. All numbers are different people, not
answers: who has two partners answers twice and is still one person.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from programs.enums import QuestionKind

AVERAGE, DISTRIBUTION, COMMENTS = 5, 8, 10
# How many have answered is told of as many people who were asked: of fewer it would say who.
ASKED = AVERAGE


@dataclass(frozen=True, slots=True)
class Batch:
    """Scores or choices that were released together, and from how many people they are."""

    respondents: int
    values: Sequence[int]


def least(kind: QuestionKind, *, is_patient: bool = True) -> int:
    """From how many people answers to such a question are released together.

    Scores wait for as many as a distribution needs; when that lasts too long, an average does.
    """
    match kind:
        case QuestionKind.TEXT:
            return COMMENTS
        case QuestionKind.RATED if not is_patient:
            return AVERAGE
        case _:
            return DISTRIBUTION


def average(batches: Iterable[Batch]) -> tuple[float, int] | None:
    """The mean and how many answers it is of; None without a batch that is large enough.

    Whoever compares two moments learns the mean of a whole batch, and so of no fewer people.
    """
    values = [value for each in _of(batches, AVERAGE) for value in each.values]
    return (fmean(values), len(values)) if values else None


def distribution(batches: Iterable[Batch], options: Sequence[int]) -> list[int] | None:
    """How often each option was chosen, from batches that are each large enough for that."""
    values = [value for each in _of(batches, DISTRIBUTION) for value in each.values]
    counted = Counter(values)
    return [counted[each] for each in options] if values else None


def _of(batches: Iterable[Batch], people: int) -> list[Batch]:
    return [each for each in batches if each.respondents >= people]
