"""What was told about groups of people, month by month, and what was not, with the reason.

Departments, locations and grades do not narrow this table: each line names its own group.
"""

from collections.abc import Iterator
from itertools import batched

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.lib.privacy import DataClass
from mentoring.lib.sheets.columns import Column, Kind
from mentoring.reports.exporting.scope import Scope
from mentoring.reports.exporting.tables.base import CHUNK, Row, Table, count_up_to
from mentoring.reports.models import LedgerCell
from mentoring.reports.queries.told import told_to
from mentoring.reports.showing.told import shown


def columns(scope: Scope) -> tuple[Column, ...]:
    return (
        Column("as_of", _("As of"), Kind.DATE),
        Column("what", _("What")),
        Column("whom", _("Of whom")),
        Column("people", _("People (n)"), Kind.INTEGER),
        Column("figure", _("Figure")),
        Column("reason", _("Why there is none")),
    )


def rows(scope: Scope) -> Iterator[Row]:
    """The earliest month first. What was refused has no number of people."""
    with transaction.atomic():
        keys = list(
            _cells(scope).order_by("as_of", "measure", "scope").values_list("pk", flat=True)
        )
    for some in batched(keys, CHUNK):
        with transaction.atomic():
            found = _cells(scope).filter(pk__in=some).order_by("as_of", "measure", "scope")
            lines = shown(list(found), scope.organization)
        for each in lines:
            cell = each.cell
            people = None if cell.refusal else cell.people
            whom = ", ".join(each.whom)
            yield (cell.as_of, str(each.what), whom, people, each.figure, str(each.reason))


def _cells(scope: Scope) -> QuerySet[LedgerCell]:
    return told_to(scope.member).filter(as_of__lte=scope.as_of)


GROUPS = Table(
    key="groups",
    title=gettext_lazy("Told about groups"),
    about=gettext_lazy(
        "What people say and how reliable they are, of groups that give nobody away."
    ),
    columns=columns,
    rows=rows,
    count=lambda scope, most: count_up_to(_cells(scope), most),
    data_class=DataClass.BUSINESS,
)
