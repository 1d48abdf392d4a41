"""Rows of a sheet made into people, with what is wrong in each cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.roster.fields import LONGEST, NAMES, Field
from accounts.roster.findings import Code, Finding
from accounts.roster.sheets import Sheet
from accounts.roster.values import (
    email_of,
    is_formula,
    languages_of,
    leave_of,
    text_of,
    zone_of,
)
from mentoring.lib.text import UnsafeText

SHOWN = 80


@dataclass(slots=True)
class Row:
    """A person as the list has them. ``values`` has every field that the list gives.

    ``manager`` is still the number or address that the list has.
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.values.get(Field.NAME, ""))

    @property
    def email(self) -> str:
        return str(self.values.get(Field.EMAIL, ""))

    @property
    def employee_number(self) -> str:
        return str(self.values.get(Field.EMPLOYEE_NUMBER, ""))

    @property
    def is_faulty(self) -> bool:
        return any(each.is_error for each in self.findings)

    def find(self, code: Code, column: str = "", **params: Any) -> None:
        self.findings.append(Finding(code, column, params))


def read_rows(sheet: Sheet, mapping: Mapping[int, str]) -> Iterator[Row]:
    """The people of a sheet in its order. Raises Unreadable."""
    columns = {column: Field(name) for column, name in mapping.items() if name}
    reader = _Reader(columns, width=len(sheet.headings), is_text=bool(sheet.delimiter))
    for number, cells in sheet.rows:
        yield reader.read(number, cells)


class _Reader:
    """Keeps equal texts once: a long list repeats a few departments and places."""

    def __init__(self, columns: dict[int, Field], *, width: int, is_text: bool) -> None:
        self.columns = columns
        self.width = width
        self.is_text = is_text
        self.kept: dict[str, str] = {}

    def read(self, number: int, cells: list[str]) -> Row:
        row = Row(number)
        self._measure(row, cells)
        texts = {
            name: self._text(row, name, cells[column] if column < len(cells) else "")
            for column, name in self.columns.items()
        }
        _name(row, texts)
        _email(row, texts.get(Field.EMAIL, ""))
        for name, text in texts.items():
            if name not in NAMES and name != Field.EMAIL:
                row.values[name] = self._value(row, name, text)
        return row

    def _measure(self, row: Row, cells: list[str]) -> None:
        """Text beyond the headings, or in a text file fewer cells than headings."""
        count = len(cells)
        while count > self.width and not cells[count - 1].strip():
            count -= 1
        if count > self.width or (self.is_text and count < self.width):
            row.find(Code.RAGGED, count=count, expected=self.width)

    def _text(self, row: Row, name: Field, cell: str) -> str:
        try:
            text = text_of(cell)
        except UnsafeText as unsafe:
            row.find(Code.UNSAFE, name, character=str(unsafe))
            return ""
        if is_formula(text):
            row.find(Code.FORMULA, name)
            return ""
        if len(text) > LONGEST[name]:
            row.find(Code.TOO_LONG, name, most=LONGEST[name])
            return ""
        return self.kept.setdefault(text, text)

    def _value(self, row: Row, name: Field, text: str) -> Any:
        if name == Field.LANGUAGES:
            codes, unknown = languages_of(text)
            if unknown:
                row.find(Code.UNKNOWN_LANGUAGE, name, value=unknown[:SHOWN])
            return list(codes)
        if name == Field.TIME_ZONE and text:
            zone = zone_of(text)
            if not zone:
                row.find(Code.UNKNOWN_ZONE, name, value=text[:SHOWN])
            return zone
        if name == Field.ON_LEAVE:
            found = leave_of(text)
            if isinstance(found, Code):
                row.find(found, name, value=text[:SHOWN])
                return False
            return found
        return text


def _name(row: Row, texts: Mapping[Field, str]) -> None:
    halves = (texts.get(Field.GIVEN_NAME, ""), texts.get(Field.FAMILY_NAME, ""))
    name = texts.get(Field.NAME) or " ".join(filter(None, halves))
    row.values[Field.NAME] = name[: LONGEST[Field.NAME]]
    if len(name) > LONGEST[Field.NAME]:
        row.find(Code.TOO_LONG, Field.NAME, most=LONGEST[Field.NAME])
    elif not name and not any(each.field in NAMES for each in row.findings):
        row.find(Code.MISSING, Field.NAME)


def _email(row: Row, text: str) -> None:
    email = email_of(text) if text else ""
    row.values[Field.EMAIL] = email
    if email or any(each.field == Field.EMAIL for each in row.findings):
        return
    if text:
        row.find(Code.BAD_EMAIL, Field.EMAIL, value=text[:SHOWN])
    else:
        row.find(Code.MISSING, Field.EMAIL)
