"""How often people chose a topic. Higher floors, which know, register their count when ready."""

from collections.abc import Callable, Collection
from uuid import UUID

type Count = Callable[[Collection[UUID]], dict[UUID, int]]

_counts: list[Count] = []


def register(count: Count) -> None:
    """Add a count that answers for many topics at once; topics nobody chose may be missing."""
    if count not in _counts:
        _counts.append(count)


def uses_of(topic_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many choices name each of the topics."""
    total = dict.fromkeys(topic_ids, 0)
    for count in _counts:
        for topic_id, number in count(topic_ids).items():
            total[topic_id] += number
    return total
