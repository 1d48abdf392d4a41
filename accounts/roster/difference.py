"""What a list would change: for each person, and for the organization as a whole."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from accounts.enums import LineKind
from accounts.roster.fields import Field
from accounts.roster.findings import Code, Finding
from accounts.roster.identity import match
from accounts.roster.known import Known, Person, label
from accounts.roster.managers import Key, Managers
from accounts.roster.places import PLACES, Places
from accounts.roster.rows import Row

FIFTH = 5


@dataclass(slots=True)
class Line:
    """What becomes of one person. ``values`` are the new ones, ``changes`` pairs of words."""

    number: int
    kind: LineKind
    name: str
    email: str
    person: Person | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, list[Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    manager: Key | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who hands in the list has decided."""

    is_roster: bool
    creates_grades: bool
    actor_ids: frozenset[UUID]


@dataclass(slots=True)
class Difference:
    """All lines, what is new besides people, and what is to say about the whole."""

    lines: list[Line]
    created: dict[str, list[str]]
    findings: list[Finding]
    active: int

    def totals(self) -> dict[str, Any]:
        """How many people there are of each kind, and the names of what would be created."""
        counts = dict.fromkeys(LineKind.values, 0)
        for line in self.lines:
            counts[line.kind] += 1
        faults = sum(each.is_error for line in self.lines for each in line.findings)
        warnings = sum(not each.is_error for line in self.lines for each in line.findings)
        more = {"active": self.active, "errors": faults, "warnings": warnings}
        return {**counts, **more, **self.created}

    @property
    def is_faulty(self) -> bool:
        return any(line.kind == LineKind.FAULTY for line in self.lines)

    def digest(self) -> str:
        """A fingerprint: the same for the same list against the same people."""
        told = hashlib.sha256(json.dumps(self.created, sort_keys=True).encode())
        for line in self.lines:
            who = str(line.person.id) if line.person else ""
            facts = [line.number, line.kind, who, line.name, line.email, line.changes]
            found = [each.as_json() for each in line.findings]
            told.update(json.dumps([facts, found], sort_keys=True, default=str).encode())
        return told.hexdigest()


def deactivates_many(totals: dict[str, Any]) -> bool:
    """Whether more than a fifth of the people would lose access."""
    return bool(totals.get(LineKind.GONE, 0) * FIFTH > totals.get("active", 0))


def compare(rows: Iterable[Row], known: Known, options: Options) -> Difference:
    """What applying the rows would change.

    Depends on the rows as a set: their order matters only to the order of new grades.
    """
    rows = list(rows)
    matched = match(rows, known)
    gone, findings = _missing(matched, known, options)
    places = Places(known, creates_grades=options.creates_grades)
    places.collect(rows)
    managers = Managers(rows, matched, known, gone={each.id for each in gone})
    managers.check()
    lines = [_line(row, matched[row.number], places, managers) for row in rows]
    lines += [
        Line(0, LineKind.GONE, each.name, each.email, each)
        for each in sorted(gone, key=lambda each: (each.name, each.email))
    ]
    active = sum(each.is_active for each in known.people.values())
    return Difference(lines, places.created(), findings, active)


def _missing(
    matched: dict[int, Person | None], known: Known, options: Options
) -> tuple[list[Person], list[Finding]]:
    """Whom a full list does not name: those who go, and those who stay nevertheless."""
    if not options.is_roster:
        return [], []
    named = {each.id for each in matched.values() if each}
    absent = [each for each in known.people.values() if each.is_active and each.id not in named]
    gone, findings = [], []
    for each in absent:
        if each.id in options.actor_ids:
            findings.append(Finding(Code.KEPT_SELF))
        elif each.is_owner:
            findings.append(Finding(Code.KEPT_OWNER, params={"name": label(each.name, each.email)}))
        else:
            gone.append(each)
    return gone, findings


def _line(row: Row, person: Person | None, places: Places, managers: Managers) -> Line:
    line = Line(row.number, LineKind.NEW, row.name, row.email, person, findings=row.findings)
    if row.is_faulty:
        line.kind = LineKind.FAULTY
        return line
    if person and not person.is_active and not person.may_return:
        line.kind = LineKind.UNCHANGED
        line.findings.append(Finding(Code.HAS_LEFT if person.has_left else Code.STAYS_OUT))
        return line
    line.values = {
        name: places.spelled(name, value) if name in PLACES else value
        for name, value in row.values.items()
        if name != Field.MANAGER and not (name == Field.EMPLOYEE_NUMBER and not value)
    }
    _compare_values(line, person)
    if Field.MANAGER in row.values:
        line.manager = managers.of(row)
        _compare_manager(line, person, managers)
    if person and person.is_active:
        line.kind = LineKind.CHANGED if line.changes else LineKind.UNCHANGED
    elif person:
        line.kind = LineKind.BACK
    return line


def _compare_values(line: Line, person: Person | None) -> None:
    for name, after in line.values.items():
        before = person.value(name) if person else None
        is_same = before.lower() == after if name == Field.EMAIL and before else before == after
        if is_same or (person is None and not after):
            continue
        line.changes[str(name)] = [before, after]


def _compare_manager(line: Line, person: Person | None, managers: Managers) -> None:
    before = person.manager_id if person else None
    if line.manager != before:
        words = [managers.label_of(before), managers.label_of(line.manager)]
        line.changes[str(Field.MANAGER)] = words
