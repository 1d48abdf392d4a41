"""What an entry of the metric dictionary is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models.aggregates import Aggregate

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


class Unit(StrEnum):
    """How a number is written."""

    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"
    DAYS = "days"
    MINUTES = "minutes"
    HOURS = "hours"


class Direction(StrEnum):
    """Which way is good, where there is one."""

    MORE = "more"
    LESS = "less"
    NONE = "none"


class Rows(StrEnum):
    """What is added up."""

    SEATS = "seats"
    PAIRS = "pairs"
    COMMITMENTS = "commitments"


class Topic(StrEnum):
    """What belongs together on a page."""

    PEOPLE = "people"
    PAIRS = "pairs"
    MEETINGS = "meetings"
    TIME = "time"
    GOALS = "goals"


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry: what is counted, over what, and how it is to be read.

    ``least`` is how many people must stand behind the number before it is shown; none for dates,
    lengths and states, which HR may see of each pair (DOMAIN, rule 20).
    """

    key: str
    name: "Text"
    definition: "Text"
    rows: Rows
    topic: Topic
    numerator: Aggregate
    denominator: Aggregate | None = None
    unit: Unit = Unit.COUNT
    direction: Direction = Direction.NONE
    source: "Text" = ""
    least: int = 0

    @property
    def is_ratio(self) -> bool:
        return self.denominator is not None
