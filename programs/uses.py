"""How often people chose a topic. Higher floors, which know, register their count when ready."""

from collections.abc import Callable, Collection
from uuid import UUID

from mentoring.lib.contributions import Contributions

type Count = Callable[[Collection[UUID]], dict[UUID, int]]

# Each answers for many topics at once; topics nobody chose may be missing.
counts = Contributions[Count]()


def uses_of(topic_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many choices name each of the topics."""
    total = dict.fromkeys(topic_ids, 0)
    for count in counts:
        for topic_id, number in count(topic_ids).items():
            total[topic_id] += number
    return total
