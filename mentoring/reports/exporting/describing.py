"""What can be exported, for reviewers and checks: the tables with their columns."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.models import Member, Organization
from mentoring.reports.exporting.registry import FORMATS, TABLES
from mentoring.reports.exporting.scope import Scope
from mentoring.reports.exporting.tables.base import Table

NOBODY = UUID(int=0)


def exports() -> list[dict[str, Any]]:
    """Every table with what it holds; needs no database."""
    return [_described(each) for each in TABLES.values()]


def _described(table: Table) -> dict[str, Any]:
    without_names = table.has_version_without_names
    return {
        "key": table.key,
        "title": str(table.title),
        "permission": str(table.permission),
        "data_class": str(table.data_class),
        "formats": [str(each) for each in FORMATS],
        "columns": _columns(table, is_pseudonymous=False),
        "columns_without_names": _columns(table, is_pseudonymous=True) if without_names else None,
        "retention": "the file seven days, its row until the organization is deleted",
    }


def _columns(table: Table, *, is_pseudonymous: bool) -> list[str]:
    scope = Scope(
        member=Member(),
        organization=Organization(pk=NOBODY),
        snapshot_id=NOBODY,
        as_of=date.min,
        ends_at=datetime.min.replace(tzinfo=UTC),
        zone=ZoneInfo("UTC"),
        cohorts=(),
        is_pseudonymous=is_pseudonymous,
    )
    return [each.key for each in table.columns(scope)]
