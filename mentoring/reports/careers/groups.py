"""Finding comparable people, and how much each of them counts. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from mentoring.reports.bands import bands
from mentoring.reports.careers.intervals import Part
from mentoring.reports.careers.measures import Measure
from mentoring.reports.careers.people import Careers, Way, way_of

# Of a clock: which cohort's, department, grade.
type Stratum = tuple[UUID, str, str]


@dataclass(frozen=True, slots=True)
class Clock:
    """When a cohort's people are first looked at, and who had a partner by then."""

    cohort: UUID
    start: datetime
    matched: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Material:
    """Everybody's careers up to the end of a day, and the clocks of cohorts that are read then.

    ``took_part`` is whoever had ever enrolled in any cohort by then.
    """

    clocks: Collection[Clock] = ()
    careers: Careers = field(default_factory=dict)
    took_part: frozenset[UUID] = frozenset()


@dataclass(slots=True)
class Answers:
    """What became of a group: of each person 0 or 1, and how much the person counts.

    Whoever stands beside people of two cohorts may have two answers, which are averaged; the
    person is among ``yes`` and among ``no`` then. ``missing`` are those of whom it cannot be
    asked because of what became of them.
    """

    weights: dict[UUID, float] = field(default_factory=lambda: defaultdict(float))
    parts: list[Part] = field(default_factory=list)
    yes: set[UUID] = field(default_factory=set)
    no: set[UUID] = field(default_factory=set)
    missing: set[UUID] = field(default_factory=set)

    def of(self, people: Mapping[UUID, Way], measure: Measure) -> dict[UUID, bool]:
        """The answers of those who have one; the rest is noted as missing."""
        found = {person: _answer(measure, way) for person, way in people.items()}
        self.missing.update(person for person, answer in found.items() if answer is None)
        return {person: answer for person, answer in found.items() if answer is not None}

    def add(self, answers: Mapping[UUID, bool], weight: float) -> None:
        """Count these people, each with this weight."""
        self.parts.append((answers, weight))
        for person, answer in answers.items():
            self.weights[person] += weight
            (self.yes if answer else self.no).add(person)


@dataclass(frozen=True, slots=True)
class Sides:
    """Participants, and those beside them."""

    participants: Answers
    others: Answers


def sides_of(measure: Measure, material: Material) -> Sides:
    """Everybody who is in one of the two groups, with what became of them.

    Who stands beside whom follows from the day when a clock started, and from nothing later.
    """
    mine: dict[Stratum, dict[UUID, Way]] = defaultdict(dict)
    theirs: dict[Stratum, Mapping[UUID, Way]] = {}
    seen: set[UUID] = set()
    for clock in sorted(material.clocks, key=lambda each: (each.start, each.cohort)):
        ways = {
            person: way
            for person, steps in material.careers.items()
            if (way := way_of(steps, start=clock.start))
            and (measure == Measure.RETENTION or way.start.rank is not None)
        }
        for person in sorted(clock.matched & ways.keys() - seen):
            mine[_stratum(clock, ways[person])][person] = ways[person]
            seen.add(person)
        others = {person: way for person, way in ways.items() if person not in material.took_part}
        wanted = [stratum for stratum in mine if stratum[0] == clock.cohort]
        theirs |= _beside(clock, wanted, others, ways)
    kept = {stratum: people for stratum, people in mine.items() if theirs[stratum]}
    return _weighed(measure, kept, theirs)


def _weighed(
    measure: Measure,
    mine: Mapping[Stratum, Mapping[UUID, Way]],
    theirs: Mapping[Stratum, Mapping[UUID, Way]],
) -> Sides:
    """Direct standardization: strata count among others as much as among participants."""
    sides = Sides(Answers(), Answers())
    told = []
    for stratum, people in mine.items():
        answers = sides.participants.of(people, measure), sides.others.of(theirs[stratum], measure)
        if all(answers):
            told.append(answers)
        else:
            sides.participants.missing.update(answers[0])
            sides.others.missing.update(answers[1])
    everybody = sum(len(own) for own, _beside in told)
    for own, beside in told:
        sides.participants.add(own, 1 / everybody)
        sides.others.add(beside, len(own) / everybody / len(beside))
    return sides


def _answer(measure: Measure, way: Way) -> bool | None:
    """None when it cannot be asked of this person, because of what became of them."""
    if measure == Measure.RETENTION:
        return way.is_here
    return way.rise > 0 if way.is_here and way.rise is not None else None


def _stratum(clock: Clock, way: Way) -> Stratum:
    return clock.cohort, way.start.department, way.start.grade


def _beside(
    clock: Clock,
    wanted: Sequence[Stratum],
    others: Mapping[UUID, Way],
    everybody: Mapping[UUID, Way],
) -> dict[Stratum, Mapping[UUID, Way]]:
    """Those who stand beside each stratum: of its grade, or else of its band of grades."""
    band_of = _band_of(everybody.values())
    exact: dict[Stratum, dict[UUID, Way]] = defaultdict(dict)
    near: dict[tuple[str, int], dict[UUID, Way]] = defaultdict(dict)
    for person, way in others.items():
        exact[_stratum(clock, way)][person] = way
        if way.start.grade in band_of:
            near[way.start.department, band_of[way.start.grade]][person] = way
    return {
        stratum: exact.get(stratum) or near.get((stratum[1], band_of.get(stratum[2], -1)), {})
        for stratum in wanted
    }


def _band_of(ways: Iterable[Way]) -> dict[str, int]:
    grades = {(way.start.grade, way.start.rank) for way in ways if way.start.rank is not None}
    found = bands(grades)
    return {grade: number for number, band in enumerate(found) for grade in band.grades}
