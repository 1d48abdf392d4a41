"""Adding up the rows of one snapshot, as the metric dictionary says."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from mentoring.meetings.enums import Standing
from mentoring.meetings.models import PublishedCommitment
from mentoring.reports.metrics import Metric, Rows, metrics_of
from mentoring.reports.models import PairFigures, Seat, Snapshot

type Sums = dict[str, list[int]]


def sums_by_cohort(snapshot: Snapshot) -> Mapping[UUID, Sums]:
    """By cohort and metric the numerator and, where there is one, the denominator."""
    found: dict[UUID, Sums] = {}
    for rows, metrics in _tables(snapshot):
        for (cohort_id,), sums in grouped(rows, metrics, "cohort").items():
            found.setdefault(cohort_id, {}).update(sums)
    return found


def grouped(rows: QuerySet[Any], metrics: Iterable[Metric], *by: str) -> dict[Any, Sums]:
    """The metrics of these rows for each combination of some columns; one query."""
    wanted = list(metrics)
    counted = rows.order_by().values(*by).annotate(**_aggregates(wanted))
    return {tuple(row[each] for each in by): _sums(row, wanted) for row in counted}


def added(several: Iterable[Sums]) -> Sums:
    """The sums of several groups that have nobody in common."""
    found: Sums = {}
    for sums in several:
        for key, parts in sums.items():
            before = found.get(key, [0] * len(parts))
            found[key] = [one + other for one, other in zip(before, parts, strict=True)]
    return found


def commitments_at(snapshot: Snapshot) -> QuerySet[Any]:
    """What cohorts could read by then; of its dates only the month is known."""
    is_done = Q(state=Standing.DONE, done_month__lte=snapshot.as_of)
    rows: QuerySet[Any] = PublishedCommitment.objects.filter(month__lte=snapshot.as_of)
    found: QuerySet[Any] = rows.annotate(is_done=is_done)
    return found


def _tables(snapshot: Snapshot) -> Iterable[tuple[QuerySet[Any], Iterable[Metric]]]:
    return (
        (Seat.objects.filter(snapshot=snapshot), metrics_of(Rows.SEATS)),
        (PairFigures.objects.filter(snapshot=snapshot), metrics_of(Rows.PAIRS)),
        (commitments_at(snapshot), metrics_of(Rows.COMMITMENTS)),
    )


def _aggregates(metrics: Iterable[Metric]) -> dict[str, Any]:
    numerators = {f"{each.key}__0": each.numerator for each in metrics}
    denominators = {f"{each.key}__1": each.denominator for each in metrics if each.denominator}
    return {**numerators, **denominators}


def _sums(row: Mapping[str, Any], metrics: Iterable[Metric]) -> Sums:
    return {
        each.key: [int(row[f"{each.key}__{part}"]) for part in range(1 + each.is_ratio)]
        for each in metrics
    }
