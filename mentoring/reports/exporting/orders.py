"""What somebody wants to have exported, and whether it can be had."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Member
from mentoring.reports.enums import ExportFormat
from mentoring.reports.exporting.registry import BOARD, chosen
from mentoring.reports.exporting.scope import NotAllowed, canonical
from mentoring.reports.exporting.tables.base import Table
from mentoring.reports.models.export import Wanted


class NothingChosen(Exception):
    """No table is wanted."""


class NamesPeople(Exception):
    """A table that is nothing without names was wanted without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Tables, format and filters, and what they are for."""

    tables: tuple[str, ...]
    format: str
    filters: Mapping[str, Any] = field(default_factory=dict)
    is_pseudonymous: bool = False
    has_bom: bool = False
    purpose: str

    @property
    def chosen(self) -> list[Table]:
        """The tables in their order; a page for a board has its own."""
        return chosen([BOARD] if self.format == ExportFormat.PDF else self.tables)

    def as_fields(self) -> dict[str, Any]:
        """As rows keep it: the same wish is the same row."""
        return {
            "tables": [each.key for each in self.chosen],
            "format": str(self.format),
            "filters": canonical(self.filters),
            "is_pseudonymous": self.is_pseudonymous,
            "has_bom": self.has_bom and self.format == ExportFormat.CSV,
            "purpose": self.purpose,
        }

    def check(self, member: Member) -> None:
        """Raises NothingChosen, NamesPeople or NotAllowed."""
        tables = self.chosen
        if not tables:
            raise NothingChosen
        if not all(member.may(each.permission) for each in tables):
            raise NotAllowed
        if self.is_pseudonymous and not all(each.has_version_without_names for each in tables):
            raise NamesPeople


def order_of(wanted: Wanted) -> Order:
    """What a row wants."""
    return Order(
        tables=tuple(wanted.tables),
        format=wanted.format,
        filters=wanted.filters,
        is_pseudonymous=wanted.is_pseudonymous,
        has_bom=wanted.has_bom,
        purpose=wanted.purpose,
    )
