"""Adding up a snapshot by department, location and band of grades."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, QuerySet, Value, When

from mentoring.reports.bands import Band
from mentoring.reports.enums import Part
from mentoring.reports.metrics import Rows, metrics_of
from mentoring.reports.models import PairFigures, Seat, Snapshot
from mentoring.reports.queries.sums import Sums, added, grouped

# Cohort, part and its name.
type Place = tuple[UUID, Part, str]


def bands_of(snapshot: Snapshot) -> Sequence[Band]:
    """The bands of that day, the junior ones first."""
    return [Band(tuple(grades)) for grades in snapshot.bands]


def sums_by_part(snapshot: Snapshot) -> Mapping[Place, Sums]:
    """For each cohort and part of it what its people and pairs add up to; twelve queries."""
    seats = Seat.objects.filter(snapshot=snapshot)
    pairs = PairFigures.objects.filter(snapshot=snapshot)
    found: dict[Place, Sums] = {}
    for part in Part:
        of_seats = _grouped(_named(seats, part, snapshot), Rows.SEATS)
        for sums_of in (of_seats, _of_pairs(pairs, part, snapshot)):
            for (cohort, name), sums in sums_of.items():
                if name:
                    found.setdefault((cohort, part, name), {}).update(sums)
    return found


def _of_pairs(pairs: QuerySet[Any], part: Part, snapshot: Snapshot) -> dict[Any, Sums]:
    """Those of the mentors and those of the mentees, less those counted twice."""
    mentors = _named(pairs, part, snapshot, side="mentor_")
    mentees = _named(pairs, part, snapshot, side="mentee_")
    both = _named(mentors, part, snapshot, side="mentee_", into="other").filter(other=F("name"))
    counted = [_grouped(rows, Rows.PAIRS) for rows in (mentors, mentees, both)]
    one, other, twice = counted
    return {
        place: added([one.get(place, {}), other.get(place, {}), _negative(twice.get(place, {}))])
        for place in one.keys() | other.keys()
    }


def _grouped(rows: QuerySet[Any], kind: Rows) -> dict[Any, Sums]:
    return grouped(rows, metrics_of(kind), "cohort", "name")


def _named(
    rows: QuerySet[Any], part: Part, snapshot: Snapshot, *, side: str = "", into: str = "name"
) -> QuerySet[Any]:
    """With the name of that side's department, location or band; empty without one."""
    name: Any = F(f"{side}{part.value}")
    if part == Part.BAND:
        whens = [
            When(**{f"{side}grade__in": band.grades}, then=Value(band.name))
            for band in bands_of(snapshot)
        ]
        name = Case(*whens, default=Value(""), output_field=CharField())
    found: QuerySet[Any] = rows.annotate(**{into: name})
    return found


def _negative(sums: Sums) -> Sums:
    return {key: [-part for part in parts] for key, parts in sums.items()}
