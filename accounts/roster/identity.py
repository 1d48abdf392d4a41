"""Who on a list is whom: by employee number first, else by e-mail address."""

from collections.abc import Sequence

from accounts.roster.fields import Field
from accounts.roster.findings import Code
from accounts.roster.known import Known, Person, label
from accounts.roster.rows import Row


def match(rows: Sequence[Row], known: Known) -> dict[int, Person | None]:
    """The person behind each row, by its number; None for somebody new.

    What contradicts itself is written down with the rows.
    """
    numbers = _first_rows(rows, Field.EMPLOYEE_NUMBER, Code.DUPLICATE_NUMBER)
    emails = _first_rows(rows, Field.EMAIL, Code.DUPLICATE_EMAIL)
    matched = {row.number: _person(row, known, numbers) for row in rows}
    _refuse_twice(rows, matched)
    _refuse_taken(rows, matched, known, emails)
    return matched


def _first_rows(rows: Sequence[Row], field: Field, code: Code) -> dict[str, Row]:
    """The row of each number or address. Every row that repeats one says where it was before.

    The first one is told about the second, so that the order of rows does not matter.
    """
    found: dict[str, Row] = {}
    told: set[int] = set()
    for row in rows:
        value = row.values.get(field, "")
        if not value:
            continue
        first = found.setdefault(value, row)
        if first is not row:
            row.find(code, field, row=first.number)
            if first.number not in told:
                told.add(first.number)
                first.find(code, field, row=row.number)
    return found


def _person(row: Row, known: Known, numbers: dict[str, Row]) -> Person | None:
    """By number; by address only if that does not contradict the number."""
    number = row.employee_number
    if number and number in known.by_number:
        return known.by_number[number]
    person = known.by_email.get(row.email)
    if not person or not number or not person.employee_number:
        return person
    if person.employee_number not in numbers:
        row.find(
            Code.NUMBER_CONFLICT,
            Field.EMAIL,
            name=label(person.name, person.email),
            number=person.employee_number,
        )
    return None


def _refuse_twice(rows: Sequence[Row], matched: dict[int, Person | None]) -> None:
    """Two rows, one with the number and one with the address, can mean the same person."""
    first: dict[object, Row] = {}
    for row in rows:
        person = matched[row.number]
        if not person or row.is_faulty:
            continue
        other = first.setdefault(person.id, row)
        if other is not row:
            for one, two in ((row, other), (other, row)):
                one.find(Code.SAME_PERSON, "", row=two.number, name=person.name)


def _refuse_taken(
    rows: Sequence[Row],
    matched: dict[int, Person | None],
    known: Known,
    emails: dict[str, Row],
) -> None:
    """An address that somebody else has can be given only if the list gives them another."""
    moving = {person.id: row for row in rows if (person := matched[row.number]) is not None}
    for row in rows:
        holder = known.by_email.get(row.email)
        person = matched[row.number]
        if holder is None or (person and person.id == holder.id) or row.is_faulty:
            continue
        other = moving.get(holder.id)
        if other is None or other.email == row.email or not _may_change(holder):
            row.find(Code.EMAIL_CONFLICT, Field.EMAIL, name=label(holder.name, holder.email))


def _may_change(person: Person) -> bool:
    return person.is_active or person.may_return
