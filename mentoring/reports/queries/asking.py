"""What a page or an export asks about, out of an address that anybody may have edited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from accounts.models import Member
from mentoring.reports.bands import Band
from mentoring.reports.models import CohortFigures, Snapshot
from mentoring.reports.queries.figures import People, Scope, snapshots_of
from mentoring.reports.queries.parts import bands_of
from programs.enums import CohortState
from programs.models import Cohort, Program
from programs.queries.cohorts import cohorts_of

PERIODS = (6, 12, 24)
USUAL_PERIOD = 12
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen from; the names of places are those of the day that is asked about."""

    days: Sequence[Snapshot]
    programs: Sequence[Program]
    cohorts: Sequence[Cohort]
    departments: Sequence[str]
    locations: Sequence[str]
    bands: Sequence[Band]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: as of when, about which cohorts and people, and how far back."""

    snapshot: Snapshot
    months: int
    program: Program | None
    cohort: Cohort | None
    people: People
    band: str
    choices: Choices

    @property
    def department(self) -> str:
        return next(iter(self.people.departments), "")

    @property
    def location(self) -> str:
        return next(iter(self.people.locations), "")

    @property
    def cohorts(self) -> list[Cohort]:
        """Those that it is about."""
        if self.cohort:
            return [self.cohort]
        return [
            each
            for each in self.choices.cohorts
            if not self.program or each.program_id == self.program.pk
        ]

    @property
    def scope(self) -> Scope:
        return Scope(self.snapshot, [each.pk for each in self.cohorts], self.people)

    @property
    def words(self) -> dict[str, str]:
        """The question as an address says it, without what is left as usual."""
        said = {
            "program": str(self.program.pk) if self.program else "",
            "cohort": str(self.cohort.pk) if self.cohort else "",
            "department": self.department,
            "location": self.location,
            "band": self.band,
            "as_of": "" if self.is_latest else self.snapshot.as_of.isoformat(),
            "months": "" if self.months == USUAL_PERIOD else str(self.months),
        }
        return {name: value for name, value in said.items() if value}

    @property
    def export_words(self) -> list[tuple[str, str]]:
        """The same question, as the page for exports understands it."""
        names = ("program", "cohort", "department", "location")
        said = [(name, self.words[name]) for name in names if name in self.words]
        grades = [("grades", each) for each in self.people.grades]
        return [("as_of", self.snapshot.as_of.isoformat()), *said, *grades]

    @property
    def is_latest(self) -> bool:
        return self.snapshot == self.choices.days[0]


def asked(member: Member, words: Mapping[str, str]) -> Asked | None:
    """What the member asks; what is unknown or not theirs to see is left out.

    None while no day has been told yet. Three queries.
    """
    days = list(snapshots_of()[:MOST_DAYS])
    if not days:
        return None
    snapshot = _picked(days, "as_of", _day(words.get("as_of", ""))) or days[0]
    cohorts = _cohorts_of(member)
    cohort = _picked(cohorts, "pk", _key(words.get("cohort", "")))
    programs = sorted({each.program for each in cohorts}, key=lambda each: (each.name, each.pk))
    program = cohort.program if cohort else _picked(programs, "pk", _key(words.get("program", "")))
    places = _places(snapshot, cohorts)
    choices = Choices(
        days=days,
        programs=programs,
        cohorts=cohorts,
        departments=[each for each, _ in places if each],
        locations=[each for _, each in places if each],
        bands=bands_of(snapshot),
    )
    band = _picked(choices.bands, "name", words.get("band", ""))
    months = words.get("months", "")
    return Asked(
        snapshot=snapshot,
        months=int(months) if months in map(str, PERIODS) else USUAL_PERIOD,
        program=program,
        cohort=cohort,
        people=People(
            departments=_known(words.get("department", ""), choices.departments),
            locations=_known(words.get("location", ""), choices.locations),
            grades=band.grades if band else (),
        ),
        band=band.name if band else "",
        choices=choices,
    )


def _cohorts_of(member: Member) -> list[Cohort]:
    """Those that the member may look at, the latest first."""
    rows = cohorts_of(member).exclude(state=CohortState.DRAFT)
    return list(rows.order_by(F("starts_on").desc(nulls_last=True), "name", "pk"))


def _places(snapshot: Snapshot, cohorts: Sequence[Cohort]) -> list[tuple[str, str]]:
    """Each department and each location that people of the cohorts had, by name."""
    rows = CohortFigures.objects.filter(
        Q(department="") | Q(location=""),
        snapshot=snapshot,
        cohort__in=[each.pk for each in cohorts],
        band="",
    )
    names = ("department", "location")
    return list(rows.order_by(*names).values_list(*names).distinct())


def _picked(items: Iterable[Any], name: str, value: Any) -> Any:
    if value in (None, ""):
        return None
    return next((each for each in items if getattr(each, name) == value), None)


def _known(value: str, values: Sequence[str]) -> tuple[str, ...]:
    return (value,) if value in values else ()


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
