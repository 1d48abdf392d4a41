"""What is told at the end of a month: every measure, of the whole and of its parts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import product
from uuid import UUID

from django.db import transaction

from mentoring.reports.disclosure.careers import tell_careers
from mentoring.reports.disclosure.cells import Cell, Told
from mentoring.reports.disclosure.ledger import tell
from mentoring.reports.disclosure.measures import MEASURES, Fact, Measure, Month, by_person
from mentoring.reports.disclosure.scopes import (
    LONGEST,
    WHOLE,
    Dimension,
    Part,
    Reach,
    Scope,
)
from mentoring.reports.models import LedgerCell, Seat, Snapshot
from mentoring.reports.queries.parts import bands_of
from programs.models import Cohort

# Cohort, member and side.
type Place = tuple[UUID, UUID, str]
# One-way tables, and the one two-way table.
ONE_WAY = ((Dimension.DEPARTMENT,), (Dimension.LOCATION,), (Dimension.BAND,))
WAYS = (*ONE_WAY, (Dimension.DEPARTMENT, Dimension.BAND))


class NotAMonthEnd(ValueError):
    """Figures out of answers are told of the ends of months only."""


def tell_month(snapshot_id: UUID, *, now: datetime) -> list[Told]:
    """Tell every measure as of the snapshot, each in a transaction; twice is once.

    Call it in the organization's scope, while no member is in scope, and outside a transaction.
    Raises NotAMonthEnd.
    """
    snapshot = Snapshot.objects.get(pk=snapshot_id)
    if not snapshot.is_month_end:
        raise NotAMonthEnd(snapshot.as_of)
    told = [told for each in MEASURES.values() for told in _tell(each, snapshot, now=now)]
    return [*told, *tell_careers(snapshot, now=now)]


@transaction.atomic
def _tell(measure: Measure, snapshot: Snapshot, *, now: datetime) -> list[Told]:
    """What was decided already is not read again."""
    rows = LedgerCell.objects.filter(measure=measure.key, as_of=snapshot.as_of)
    if rows.filter(scope=WHOLE).exists():
        return [Told.of(each) for each in rows.order_by("pk")]
    facts = list(measure.facts(Month.of(snapshot)))
    cells = list(cells_of(measure, facts, snapshot))
    return tell(measure.key, cells, as_of=snapshot.as_of, now=now)


def cells_of(measure: Measure, facts: Sequence[Fact], snapshot: Snapshot) -> Iterator[Cell]:
    """The groups that are told of, coarse to fine and the large ones of a kind first.

    There is one for every group in which anybody sits on that side, whatever is known of them,
    so that no missing row says that nobody has answered. Coarse first keeps the totals, and as
    much of tables as fine first.
    """
    grouping = _Grouping(snapshot, measure)
    known: dict[Scope, list[Fact]] = {each: [] for each in grouping.scopes}
    for fact in facts:
        for scope in grouping.scopes_of((fact.cohort_id, fact.member_id, fact.side)):
            known.setdefault(scope, []).append(fact)
    found = {scope: by_person(facts) for scope, facts in known.items()}
    found.setdefault(Scope(Reach.ORGANIZATION), {})
    for scope in sorted(found, key=lambda each: (*_depth(each), -len(found[each]), str(each))):
        if len(str(scope)) > LONGEST:
            continue
        people = found[scope]
        value = partial(measure.value, list(people.values()))
        yield Cell(str(scope), frozenset(people), measure.least, value)


class _Grouping:
    """Which groups somebody is in, by where they sat at the end of the month."""

    def __init__(self, snapshot: Snapshot, measure: Measure) -> None:
        rows = Seat.objects.filter(snapshot=snapshot, is_enrolled=True)
        seats = list(rows.order_by())
        self._programs = dict(Cohort.objects.values_list("pk", "program"))
        names = {grade: band.name for band in bands_of(snapshot) for grade in band.grades}
        self._parts = {
            (each.cohort_id, each.member_id, each.side): _parts_of(each, names) for each in seats
        }
        self.scopes = {
            scope
            for place in self._parts
            if place[2] in measure.sides
            for scope in self.scopes_of(place)
        }

    def scopes_of(self, place: Place) -> Iterator[Scope]:
        """Who has no seat any more counts in the whole, and in no part of it."""
        cohort = place[0]
        wholes = (Scope(Reach.ORGANIZATION), Scope(Reach.PROGRAM, self._programs[cohort]))
        yield from (*wholes, Scope(Reach.COHORT, cohort))
        parts = self._parts.get(place, {})
        for whole, ways in product(wholes, WAYS):
            if all(way in parts for way in ways):
                yield whole.within(*_named(parts, ways))


def _parts_of(seat: Seat, names: Mapping[str, str]) -> dict[Dimension, str]:
    found = {
        Dimension.DEPARTMENT: seat.department,
        Dimension.LOCATION: seat.location,
        Dimension.BAND: names.get(seat.grade, ""),
    }
    return {way: name for way, name in found.items() if name}


def _named(parts: Mapping[Dimension, str], ways: Iterable[Dimension]) -> Iterator[Part]:
    for way in ways:
        yield way, parts[way]


def _depth(scope: Scope) -> tuple[int, int, list[int]]:
    """Wholes, then departments, locations and bands, then departments by bands."""
    ways = [list(Dimension).index(way) for way, _name in scope.parts]
    return len(ways), list(Reach).index(scope.reach), ways
