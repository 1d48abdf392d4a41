"""Telling who stayed and who moved up: two groups beside each other, each through the ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from mentoring.reports.careers.comparing import Comparison, Group, compare, group_members
from mentoring.reports.careers.groups import Material
from mentoring.reports.careers.measures import LEAST, Measure
from mentoring.reports.careers.reading import material_of
from mentoring.reports.disclosure.cells import Cell, Told
from mentoring.reports.disclosure.ledger import tell
from mentoring.reports.disclosure.scopes import Reach, Scope
from mentoring.reports.models import Snapshot
from programs.models import Cohort

GROUPS = ("participants", "others")
# What the ledger calls each group of each measure.
KEYS = {(measure, group): f"{measure.value}_{group}" for measure in Measure for group in GROUPS}


@transaction.atomic
def tell_careers(snapshot: Snapshot, *, now: datetime) -> list[Told]:
    """Tell both measures of the organization, its programs and cohorts; twice is once.

    What is too early to be told has no cell at all. Call it while no member is in scope.
    """
    cells: dict[str, list[Cell]] = {key: [] for key in KEYS.values()}
    for scope, cohorts in _scopes():
        material = material_of(cohorts, snapshot)
        for measure in Measure if material.clocks else ():
            for group, cell in _cells(str(scope), measure, material):
                cells[KEYS[measure, group]].append(cell)
    return [
        told
        for key, asked in cells.items()
        for told in tell(key, asked, as_of=snapshot.as_of, now=now)
    ]


def comparisons_of(found: Mapping[tuple[str, str], Told], scope: str) -> list[Comparison]:
    """What was told of both groups; nothing of a measure of which nothing was decided yet."""
    pairs = {
        measure: [found.get((KEYS[measure, group], scope)) for group in GROUPS]
        for measure in Measure
    }
    return [_comparison(measure, both) for measure, both in pairs.items() if all(both)]


def _comparison(measure: Measure, both: list[Told | None]) -> Comparison:
    """Of one group alone nothing is shown."""
    refusals = [str(each.refusal) for each in both if each and each.refusal]
    if refusals:
        return Comparison(measure, refusal=refusals[0])
    participants, others = (_group(each.value) for each in both if each and each.value)
    return Comparison(measure, participants, others)


def _scopes() -> Iterator[tuple[Scope, list[UUID]]]:
    programs = dict(Cohort.objects.order_by("pk").values_list("pk", "program"))
    yield Scope(Reach.ORGANIZATION), list(programs)
    for program in sorted(set(programs.values())):
        yield Scope(Reach.PROGRAM, program), [key for key, of in programs.items() if of == program]
    for cohort in programs:
        yield Scope(Reach.COHORT, cohort), [cohort]


def _cells(scope: str, measure: Measure, material: Material) -> Iterator[tuple[str, Cell]]:
    """Of groups that their own sizes or outcomes forbid, the ledger says that they are too few."""
    comparison = compare(measure, material)
    members = group_members(measure, material)
    for group in GROUPS:
        people = getattr(members, group)
        told: Group | None = getattr(comparison, group)
        least = LEAST if told else len(people) + 1
        yield group, Cell(scope, people, least, partial(_value, told))


def _value(group: Group | None) -> dict[str, Any]:
    return asdict(group) if group else {}


def _group(value: Mapping[str, Any]) -> Group:
    return Group(**value)
