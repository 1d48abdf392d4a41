"""A line for each cohort and month: every number of the metric dictionary."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.lib.privacy import DataClass
from mentoring.lib.sheets.columns import Column, Kind
from mentoring.reports.exporting.asking import question_of
from mentoring.reports.exporting.scope import Scope
from mentoring.reports.exporting.tables.base import Row, Table, terms_of
from mentoring.reports.metrics import METRICS, Metric, Unit
from mentoring.reports.queries.figures import MONTHS, Figures, history_of

KINDS = {Unit.COUNT: Kind.INTEGER, Unit.SHARE: Kind.SHARE}


def columns(scope: Scope) -> tuple[Column, ...]:
    """Beside each share and each mean stands what it is of."""
    return (
        Column("program", terms_of(scope)["program"]),
        Column("cohort", _("Cohort")),
        Column("as_of", _("As of"), Kind.DATE),
        *(each for metric in METRICS.values() for each in _columns(metric)),
    )


def _columns(metric: Metric) -> Iterator[Column]:
    yield Column(metric.key, str(metric.name), KINDS.get(metric.unit, Kind.DECIMAL))
    if metric.is_ratio:
        yield Column(f"{metric.key}_n", _("%(metric)s: n") % {"metric": metric.name}, Kind.INTEGER)


def rows(scope: Scope) -> Iterator[Row]:
    """The months of a cohort follow each other. The day itself comes last, whatever day it is."""
    with transaction.atomic():
        history = history_of(question_of(scope), MONTHS)
    for cohort in scope.cohorts:
        for day in history.days:
            if figures := history.on(day, cohort.pk):
                yield (cohort.program, cohort.name, day.as_of, *_values(figures))


def _values(figures: Figures) -> Iterator[object]:
    for metric in METRICS.values():
        figure = figures[metric.key]
        is_count = metric.unit == Unit.COUNT and figure.value is not None
        yield round(figure.value or 0) if is_count else figure.value
        if metric.is_ratio:
            yield figure.n if figure.is_known else None


SUMMARY = Table(
    key="summary",
    title=gettext_lazy("Summary"),
    about=gettext_lazy("Numbers of each cohort, month by month, with what they are of."),
    columns=columns,
    rows=rows,
    count=lambda scope, most: min(most, MONTHS * len(scope.cohorts)),
    data_class=DataClass.BUSINESS,
)
