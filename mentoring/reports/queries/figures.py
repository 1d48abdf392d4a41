"""What a group of cohorts and people looked like at the end of a day, and before it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from mentoring.reports.bands import Band
from mentoring.reports.metrics import METRICS, Metric, Rows, Unit, metrics_of
from mentoring.reports.models import CohortFigures, PairFigures, Seat, Snapshot
from mentoring.reports.queries.parts import Place
from mentoring.reports.queries.sums import Sums, added, grouped

MONTHS = 12
PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class People:
    """Which people count, by where they stood in the organization; all of them when empty.

    Of each part that is named they are in one. A pair counts when that is so of one of its two.
    """

    departments: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.departments or self.locations or self.grades)

    def place_at(self, snapshot: Snapshot) -> Place | None:
        """Where they were that day, if sums of that are kept; nothing where several are picked."""
        if any(names[1:] or "" in names for names in (self.departments, self.locations)):
            return None
        if self.grades and list(self.grades) not in snapshot.bands:
            return None
        band = Band(self.grades).name if self.grades else ""
        place = Place(next(iter(self.departments), ""), next(iter(self.locations), ""), band)
        return place if snapshot.is_combined or not place.is_combined else None

    def of_seats(self) -> Q:
        return self._matching("")

    def of_pairs(self) -> Q:
        return self._matching("mentor_") | self._matching("mentee_")

    def _matching(self, side: str) -> Q:
        wanted = {
            "department": self.departments,
            "location": self.locations,
            "grade": self.grades,
        }
        return Q(**{f"{side}{name}__in": names for name, names in wanted.items() if names})


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked about: a day, cohorts, and which people of them."""

    snapshot: Snapshot
    cohorts: Collection[UUID]
    people: People = field(default_factory=People)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the dictionary. There is none where there is nothing to divide by."""

    metric: Metric
    numerator: int = 0
    denominator: int | None = None
    is_known: bool = True

    @property
    def value(self) -> float | None:
        """In the metric's unit; a share goes from 0 to 1."""
        if not self.is_known or self.denominator == 0:
            return None
        found = self.numerator / (self.denominator or 1)
        return found / PER_HOUR if self.metric.unit == Unit.HOURS else found

    @property
    def n(self) -> int | None:
        """How many the share or the mean is of."""
        return self.denominator


type Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class History:
    """The sums of each cohort at the ends of months, and at the day that is asked about.

    ``days`` go from the earliest to the day itself; ``sums`` are by day and cohort.
    """

    scope: Scope
    days: Sequence[Snapshot]
    sums: Mapping[tuple[UUID, UUID], Sums]

    def total(self) -> Figures:
        """All cohorts together on the day itself."""
        return self._all_on(self.scope.snapshot)

    def over_time(self, *keys: str) -> list[Figures]:
        """All cohorts together, day by day; these metrics, or all of them."""
        return [self._all_on(day, keys) for day in self.days]

    def by_cohort(self) -> dict[UUID, Figures]:
        """Each cohort by itself on the day itself, if there is anything to tell of it."""
        found = {each: self.on(self.scope.snapshot, each) for each in self.scope.cohorts}
        return {each: figures for each, figures in found.items() if figures}

    def value_on(self, day: Snapshot, cohort: UUID, key: str) -> float | None:
        """One number of it."""
        sums = self.sums.get((day.pk, cohort))
        return None if sums is None else self._figure(METRICS[key], sums.get(key)).value

    def on(self, day: Snapshot, cohort: UUID) -> Figures | None:
        """One cohort on one of the days; None before there was anything to tell."""
        sums = self.sums.get((day.pk, cohort))
        return None if sums is None else self._figures(sums)

    def _all_on(self, day: Snapshot, keys: Collection[str] = ()) -> Figures:
        found = [self.sums.get((day.pk, cohort), {}) for cohort in self.scope.cohorts]
        if keys:
            found = [{key: sums[key] for key in keys if key in sums} for sums in found]
        return self._figures(added(found), keys)

    def _figures(self, sums: Sums, keys: Collection[str] = ()) -> Figures:
        return {key: self._figure(METRICS[key], sums.get(key)) for key in keys or METRICS}

    def _figure(self, metric: Metric, parts: list[int] | None) -> Figure:
        if parts is None and self.scope.people and metric.rows == Rows.COMMITMENTS:
            return Figure(metric, is_known=False)
        numerator, *denominator = parts or [0] * (1 + metric.is_ratio)
        return Figure(metric, numerator, denominator[0] if denominator else None)


def snapshots_of() -> QuerySet[Snapshot]:
    """The days that can be asked about, the latest first."""
    return Snapshot.objects.latest_first()


def history_of(scope: Scope, months: int = MONTHS) -> History:
    """What is asked about, with the ends of the months before.

    Two queries. Of days and people of which no sums are kept rows are added up, in two more.
    """
    earlier = Snapshot.objects.filter(as_of__lt=scope.snapshot.as_of, is_month_end=True)
    before = list(earlier.order_by("-as_of")[: months - 1]) if months > 1 else []
    days = [*reversed(before), scope.snapshot]
    by_place: dict[Place | None, list[Snapshot]] = {}
    for day in days:
        by_place.setdefault(scope.people.place_at(day), []).append(day)
    found: dict[tuple[UUID, UUID], Sums] = {}
    for place, some in by_place.items():
        found |= _picked(scope, some) if place is None else _kept(scope, some, place)
    return History(scope, days, found)


def _kept(scope: Scope, days: Iterable[Snapshot], place: Place) -> dict[tuple[UUID, UUID], Sums]:
    rows = CohortFigures.objects.filter(
        snapshot__in=days, cohort__in=scope.cohorts, **place._asdict()
    )
    found = rows.values_list("snapshot", "cohort", "sums")
    return {(snapshot, cohort): sums for snapshot, cohort, sums in found}


def _picked(scope: Scope, days: Iterable[Snapshot]) -> dict[tuple[UUID, UUID], Sums]:
    found: dict[tuple[UUID, UUID], Sums] = {}
    for table, kind, wanted in (
        (Seat, Rows.SEATS, scope.people.of_seats()),
        (PairFigures, Rows.PAIRS, scope.people.of_pairs()),
    ):
        rows = table.objects.filter(wanted, snapshot__in=days, cohort__in=scope.cohorts)
        for key, sums in grouped(rows, metrics_of(kind), "snapshot", "cohort").items():
            found.setdefault(key, {}).update(sums)
    return found
