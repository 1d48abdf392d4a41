"""A figure about a group of people, before and after it was decided whether to tell it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from mentoring.reports.enums import Refusal
from mentoring.reports.models import LedgerCell

type Value = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure that is to be told: of whom, and how to compute it once it may be.

    ``scope`` names the group in canonical words, see `scopes`. ``least`` is from how many people
    on such a figure is told at all.
    """

    scope: str
    members: frozenset[UUID]
    least: int
    value: Callable[[], Value]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The latest figure of the same group that was told, from the end of an earlier day."""

    as_of: date
    people: int
    value: Value


@dataclass(frozen=True, slots=True)
class Told:
    """What was decided: a value, or a refusal, which comes with what was told before if anything.

    Of a refused figure there is no number of people, which would tell as much.
    """

    measure: str
    scope: str
    as_of: date
    people: int = 0
    refusal: Refusal | None = None
    value: Value | None = None
    earlier: Earlier | None = None

    @classmethod
    def of(cls, row: LedgerCell, *, earlier: Earlier | None = None) -> Self:
        return cls(
            measure=row.measure,
            scope=row.scope,
            as_of=row.as_of,
            people=row.people,
            refusal=Refusal(row.refusal) if row.refusal else None,
            value=row.value,
            earlier=earlier if row.refusal else None,
        )

    @property
    def is_told(self) -> bool:
        return self.refusal is None
