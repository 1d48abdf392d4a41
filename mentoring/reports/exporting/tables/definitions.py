"""What each number means, out of the metric dictionary. It goes along with every workbook."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mentoring.lib.sheets.columns import Column, Sheet
from mentoring.reports.exporting.tables.base import Row
from mentoring.reports.metrics import METRICS
from mentoring.reports.metrics.words import DIRECTIONS, UNITS


def definitions() -> Sheet:
    """A sheet of all metrics, in the language in force."""
    columns = (
        Column("key", _("Key")),
        Column("name", _("Name")),
        Column("definition", _("Definition")),
        Column("unit", _("Unit")),
        Column("direction", _("Direction")),
        Column("n", _("With n")),
        Column("source", _("Source")),
    )
    return Sheet("definitions", _("Definitions"), columns, _rows())


def _rows() -> Iterator[Row]:
    for each in METRICS.values():
        yield (
            each.key,
            str(each.name),
            str(each.definition),
            str(UNITS[each.unit]),
            str(DIRECTIONS[each.direction]),
            _("yes") if each.is_ratio else _("no"),
            str(each.source),
        )
