"""A line for each business event, for those who may read the audit log."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import queries
from accounts.descriptions import describe
from accounts.models import AuditEvent
from accounts.permissions import Permission
from mentoring.lib.privacy import DataClass
from mentoring.lib.sheets.columns import Column, Kind
from mentoring.reports.exporting.scope import Scope
from mentoring.reports.exporting.tables.base import (
    Field,
    Row,
    Table,
    columns_of,
    count_up_to,
    field,
    in_portions,
    rows_of,
)

NAMES = ("at", "actor_name", "action", "subject_name", "details", "address")
KEY = ("at", "id")


def fields() -> list[Field]:
    return [
        field("at", _("When"), Kind.MOMENT),
        field("actor", _("Who"), value=lambda row: row["actor_name"]),
        field("action", _("What"), value=lambda row: str(row["described"].action)),
        field("subject", _("About"), value=lambda row: row["subject_name"]),
        field("details", _("Details"), value=_details),
        field("address", _("From where")),
    ]


def _details(row: dict[str, Any]) -> str:
    return "; ".join(
        f"{each.name}: {each.before} → {each.now}"
        if each.before is not None
        else f"{each.name}: {each.now}"
        for each in row["described"].facts
    )


def columns(scope: Scope) -> tuple[Column, ...]:
    return columns_of(fields())


def _events(scope: Scope) -> QuerySet[AuditEvent]:
    return queries.audit_of(scope.member).filter(at__lt=scope.ends_at)


def rows(scope: Scope) -> Iterator[Row]:
    """The earliest first."""
    found = in_portions(_events(scope), KEY, NAMES)
    return rows_of(fields(), (_described(each) for each in found))


def _described(row: dict[str, Any]) -> dict[str, Any]:
    event = AuditEvent(action=row["action"], details=row["details"])
    return {**row, "described": describe(event)}


AUDIT = Table(
    key="audit",
    title=gettext_lazy("Audit log"),
    about=gettext_lazy("Who did what and when, in the whole organization."),
    columns=columns,
    rows=rows,
    count=lambda scope, most: count_up_to(_events(scope), most),
    permission=Permission.AUDIT_VIEW,
    data_class=DataClass.BUSINESS,
    has_version_without_names=False,
)
