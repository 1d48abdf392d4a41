"""People in numbers, and what is told about them, for tests of the ledger."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from mentoring.reports.disclosure.cells import Cell, Told
from mentoring.reports.disclosure.ledger import tell

DAY = date(2026, 10, 31)
NOW = datetime(2026, 11, 1, 3, tzinfo=UTC)
MEASURE = "mentor_growth"


def person(number: int) -> UUID:
    return UUID(int=number + 1)


def cell(scope: str, group: Iterable[int], *, least: int = 5, mean: float = 1.0) -> Cell:
    members = frozenset(map(person, group))
    return Cell(scope, members, least, lambda: {"mean": mean})


def told(
    *cells: Cell, measure: str = MEASURE, as_of: date = DAY, now: datetime = NOW
) -> list[Told]:
    return tell(measure, cells, as_of=as_of, now=now)


def refusals(*cells: Cell, measure: str = MEASURE, as_of: date = DAY) -> list[str | None]:
    return [each.refusal for each in told(*cells, measure=measure, as_of=as_of)]
