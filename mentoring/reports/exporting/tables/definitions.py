"""What each number and each column means. It goes along with every file of several sheets."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from mentoring.lib.sheets.columns import Column, Kind, Sheet
from mentoring.reports.exporting.meanings import KINDS, MEANINGS
from mentoring.reports.exporting.scope import Scope
from mentoring.reports.exporting.tables.base import Row, Table
from mentoring.reports.exporting.tables.groups import GROUPS
from mentoring.reports.exporting.tables.summary import SUMMARY
from mentoring.reports.grouped import GROUPED
from mentoring.reports.metrics import METRICS
from mentoring.reports.metrics.words import DIRECTIONS, UNITS


def definitions(tables: Iterable[Table], scope: Scope) -> Sheet:
    """A sheet of all numbers, and of the columns of these tables, in the language in force."""
    columns = (
        Column("sheet", _("Sheet")),
        Column("key", _("Key")),
        Column("name", _("Name")),
        Column("definition", _("Definition")),
        Column("unit", _("Unit")),
        Column("direction", _("Direction")),
        Column("n", _("With n")),
        Column("least", _("People at least"), Kind.INTEGER),
        Column("source", _("Source")),
    )
    return Sheet("definitions", _("Definitions"), columns, _rows(tables, scope))


def _rows(tables: Iterable[Table], scope: Scope) -> Iterator[Row]:
    for each in METRICS.values():
        yield (
            str(SUMMARY.title),
            each.key,
            str(each.name),
            str(each.definition),
            str(UNITS[each.unit]),
            str(DIRECTIONS[each.direction]),
            _("yes") if each.is_ratio else _("no"),
            each.least or None,
            str(each.source),
        )
    for told in GROUPED:
        name, definition = str(told.name), str(told.definition)
        yield str(GROUPS.title), told.key, name, definition, "", "", _("yes"), told.least, ""
    for table in tables:
        meanings = MEANINGS.get(table.key, {})
        for column in table.columns(scope) if meanings else ():
            meaning, kind = str(meanings[column.key]), str(KINDS[column.kind])
            yield str(table.title), column.key, column.heading, meaning, kind, "", "", None, ""
