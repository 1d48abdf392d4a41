"""Adding up the rows of one snapshot, as the metric dictionary says."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from operator import add
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from mentoring.meetings.enums import Standing
from mentoring.meetings.models import PublishedCommitment
from mentoring.reports.metrics import Metric, Rows, metrics_of
from mentoring.reports.models import PairFigures, Seat, Snapshot

type Sums = dict[str, list[int]]
# The same in the order of the metrics, without their names.
type Counts = list[int]


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
    return {key: named(counts, wanted) for key, counts in counted(rows, wanted, *by)}


def counted(
    rows: QuerySet[Any], metrics: Iterable[Metric], *by: str
) -> Iterator[tuple[tuple[Any, ...], Counts]]:
    """The same as plain numbers, for adding up many."""
    aggregates = {
        f"{each.key}__{at}": part
        for each in metrics
        for at, part in enumerate((each.numerator, each.denominator))
        if part
    }
    for row in rows.order_by().values(*by).annotate(**aggregates):
        yield tuple(row[each] for each in by), [int(row[each]) for each in aggregates]


def named(counts: Iterable[int], metrics: Iterable[Metric]) -> Sums:
    """By metric the numerator and, where there is one, the denominator."""
    given = iter(counts)
    return {each.key: list(islice(given, 1 + each.is_ratio)) for each in metrics}


def added(several: Iterable[Sums]) -> Sums:
    """The sums of several groups that have nobody in common."""
    found: Sums = {}
    for sums in several:
        for key, parts in sums.items():
            before = found.get(key)
            found[key] = list(map(add, before, parts)) if before else parts
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
