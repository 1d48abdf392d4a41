"""One person's way through the organization, as far as it matters to a comparison. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Stand(NamedTuple):
    """Where somebody stood from a moment on; see `accounts.models.CareerStep`."""

    since: datetime
    department: str
    grade: str
    rank: int | None
    is_here: bool
    by_chart: bool


type Careers = Mapping[UUID, Sequence[Stand]]


@dataclass(frozen=True, slots=True)
class Way:
    """Between two moments: where somebody stood at the first, and what became of them."""

    start: Stand
    is_here: bool
    rise: int | None
    """By how many grades they are higher; None when a grade is not known."""


def by_member(rows: Iterable[tuple[UUID, *tuple[object, ...]]]) -> Careers:
    """Rows of steps, those of each member in order, by member."""
    found: dict[UUID, list[Stand]] = {}
    for member_id, *step in rows:
        found.setdefault(member_id, []).append(Stand._make(step))
    return found


def way_of(steps: Sequence[Stand], *, start: datetime) -> Way | None:
    """From a moment until the last step; None for whoever was not there at that moment."""
    before = [step for step in steps if step.since < start]
    if not before or not before[-1].is_here:
        return None
    last = steps[-1]
    known = before[-1].rank is not None and last.rank is not None
    return Way(before[-1], last.is_here, _rise(steps[len(before) - 1 :]) if known else None)


def _rise(steps: Sequence[Stand]) -> int:
    """Grades that were climbed. What the order of grades did to somebody does not count."""
    climbed, rank = 0, steps[0].rank or 0
    for step in steps[1:]:
        if step.rank is None:
            continue
        if not step.by_chart:
            climbed += step.rank - rank
        rank = step.rank
    return climbed
