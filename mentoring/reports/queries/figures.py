"""What a group of cohorts and people looked like at the end of a day, and before it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from mentoring.reports.bands import Band
from mentoring.reports.enums import Part
from mentoring.reports.metrics import METRICS, Metric, Rows, Unit, metrics_of
from mentoring.reports.models import CohortFigures, PairFigures, Seat, Snapshot
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

    def part_at(self, snapshot: Snapshot) -> tuple[str, str] | None:
        """The one part that they are, if its sums are kept; nothing where several are picked."""
        named = [each for each in (self.departments, self.locations, self.grades) if each]
        if len(named) != 1:
            return ("", "") if not named else None
        if list(self.grades) in snapshot.bands:
            return Part.BAND, Band(self.grades).name
        part = Part.DEPARTMENT if self.departments else Part.LOCATION
        is_kept = not self.grades and len(named[0]) == 1
        return (part, named[0][0]) if is_kept else None

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

    def over_time(self) -> list[Figures]:
        """All cohorts together, day by day."""
        return [self._all_on(day) for day in self.days]

    def by_cohort(self) -> dict[UUID, Figures]:
        """Each cohort by itself on the day itself, if there is anything to tell of it."""
        found = {each: self.on(self.scope.snapshot, each) for each in self.scope.cohorts}
        return {each: figures for each, figures in found.items() if figures}

    def on(self, day: Snapshot, cohort: UUID) -> Figures | None:
        """One cohort on one of the days; None before there was anything to tell."""
        sums = self.sums.get((day.pk, cohort))
        return self._figures(sums) if sums else None

    def _all_on(self, day: Snapshot) -> Figures:
        found = (self.sums.get((day.pk, cohort), {}) for cohort in self.scope.cohorts)
        return self._figures(added(found))

    def _figures(self, sums: Sums) -> Figures:
        return {key: self._figure(each, sums.get(key)) for key, each in METRICS.items()}

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

    Two queries. Where several parts are picked at once rows are added up, in three.
    """
    earlier = Snapshot.objects.filter(as_of__lt=scope.snapshot.as_of, is_month_end=True)
    before = list(earlier.order_by("-as_of")[: months - 1]) if months > 1 else []
    days = [*reversed(before), scope.snapshot]
    parts = {scope.people.part_at(day) for day in days}
    part = parts.pop() if len(parts) == 1 else None
    return History(scope, days, _kept(scope, days, part) if part else _picked(scope, days))


def _kept(
    scope: Scope, days: Iterable[Snapshot], part: tuple[str, str]
) -> dict[tuple[UUID, UUID], Sums]:
    whole = CohortFigures.objects.filter(part=part[0], name=part[1])
    rows = whole.filter(snapshot__in=days, cohort__in=scope.cohorts)
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
