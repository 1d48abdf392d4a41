"""Adding up a snapshot by department, location and band of grades, and by these in each other."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from operator import add, sub
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, CharField, F, QuerySet, Value, When

from mentoring.reports.bands import Band
from mentoring.reports.metrics import Metric, Rows, metrics_of
from mentoring.reports.models import PairFigures, Seat, Snapshot
from mentoring.reports.queries.sums import Counts, Sums, counted, named

type Cells = Iterable[tuple[tuple[Any, ...], Counts]]
type Way = tuple[bool, ...]
# Cohort, and where in it.
type Where = tuple[UUID, "Place"]


class Place(NamedTuple):
    """Where people stand in the organization. An empty name means any."""

    department: str = ""
    location: str = ""
    band: str = ""

    @property
    def is_combined(self) -> bool:
        """Whether it has to do with more than one of them."""
        return sum(map(bool, self)) > 1


NAMES = tuple(f"in_{name}" for name in Place._fields)
# By which of the three people are told apart.
WAYS: Sequence[Way] = [way for way in product((True, False), repeat=3) if any(way)]


def bands_of(snapshot: Snapshot) -> Sequence[Band]:
    """The bands of that day, the junior ones first."""
    return [Band(tuple(grades)) for grades in snapshot.bands]


def sums_by_place(snapshot: Snapshot) -> Iterator[tuple[UUID, Place, Sums]]:
    """What the people and pairs of each place in each cohort add up to.

    Four queries; where combinations are asked for four for each cohort, so that the cells of only
    one are in memory. What is zero is left out of combinations, most of which are small.
    """
    seats = Seat.objects.filter(snapshot=snapshot)
    cohorts = list(seats.order_by("cohort").values_list("cohort", flat=True).distinct())
    for some in [[each] for each in cohorts] if snapshot.is_combined else [cohorts]:
        for (cohort, place), sums in _sums_in(some, snapshot).items():
            yield cohort, place, _without_zeros(sums) if place.is_combined else sums


def _sums_in(cohorts: Sequence[UUID], snapshot: Snapshot) -> dict[Where, Sums]:
    ways = [way for way in WAYS if snapshot.is_combined or sum(way) == 1]
    found: dict[Where, Sums] = {}
    for rows, counts_of in ((Rows.SEATS, _of_seats), (Rows.PAIRS, _of_pairs)):
        metrics = list(metrics_of(rows))
        for where, counts in counts_of(cohorts, snapshot, metrics, ways).items():
            found.setdefault(where, {}).update(named(counts, metrics))
    return found


def _of_seats(
    cohorts: Sequence[UUID], snapshot: Snapshot, metrics: Sequence[Metric], ways: Sequence[Way]
) -> dict[Where, Counts]:
    rows = Seat.objects.filter(snapshot=snapshot, cohort__in=cohorts)
    names = {name: _name(name, "", snapshot) for name in Place._fields}
    return _rolled_up(_cells(rows, names, metrics), ways)


def _of_pairs(
    cohorts: Sequence[UUID], snapshot: Snapshot, metrics: Sequence[Metric], ways: Sequence[Way]
) -> dict[Where, Counts]:
    """Those of the mentors and those of the mentees, less those of which both are there."""
    rows = PairFigures.objects.filter(snapshot=snapshot, cohort__in=cohorts)
    mentors, mentees = (
        {name: _name(name, f"{side}_", snapshot) for name in Place._fields}
        for side in ("mentor", "mentee")
    )
    either = [*_cells(rows, mentors, metrics), *_cells(rows, mentees, metrics)]
    found = _rolled_up(either, ways)
    theirs = rows.annotate(**{f"other_{name}": value for name, value in mentees.items()})
    shared = {
        name: Case(When(**{f"other_{name}": value}, then=value), default=Value(""))
        for name, value in mentors.items()
    }
    for where, counts in _rolled_up(_cells(theirs, shared, metrics), ways).items():
        found[where] = list(map(sub, found[where], counts))
    return found


def _cells(rows: QuerySet[Any], names: dict[str, Any], metrics: Sequence[Metric]) -> Cells:
    """The finest ones, by cohort and the three names; one query."""
    cells = rows.annotate(**{f"in_{name}": value for name, value in names.items()})
    return counted(cells, metrics, "cohort", *NAMES)


def _rolled_up(cells: Cells, ways: Sequence[Way]) -> dict[Where, Counts]:
    """Added up in each way, without those who have no name in it."""
    found: dict[Where, Counts] = {}
    for (cohort, *names), counts in cells:
        for way in ways:
            picked = [name if is_in else "" for name, is_in in zip(names, way, strict=True)]
            if all(picked[at] for at in range(len(way)) if way[at]):
                where = cohort, Place(*picked)
                before = found.get(where)
                found[where] = list(map(add, before, counts)) if before else counts
    return found


def _name(name: str, side: str, snapshot: Snapshot) -> Any:
    """The name of that side's department, location or band; empty without one."""
    if name != "band":
        return F(f"{side}{name}")
    whens = [
        When(**{f"{side}grade__in": band.grades}, then=Value(band.name))
        for band in bands_of(snapshot)
    ]
    return Case(*whens, default=Value(""), output_field=CharField())


def _without_zeros(sums: Sums) -> Sums:
    return {key: parts for key, parts in sums.items() if any(parts)}
