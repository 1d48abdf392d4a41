"""Reading days off out of what people paste: a line each, the date and the name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mentoring.lib.text import WITHOUT_MARKS, UnsafeText, one_line

FIRST_YEAR, LAST_YEAR = 2000, 2200
LENGTH = 200
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
DOTTED = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")
SEPARATORS = " \t,;:-–—"
QUOTES = '"“”„'


class Fault(StrEnum):
    """What is wrong with a line."""

    NO_DATE = "no_date"
    NO_SUCH_DAY = "no_such_day"
    YEAR = "year"
    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    UNSAFE = "unsafe"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that says something: a day and its name, or what is wrong with it."""

    number: int
    text: str
    day: date | None = None
    name: str = ""
    fault: Fault | None = None


def read_holidays(text: str) -> list[Line]:
    """Every line that is not empty. The first one may hold headings instead of a day."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    seen: set[date] = set()
    for number, raw in enumerate(text.translate(WITHOUT_MARKS).splitlines(), start=1):
        line = raw.strip().strip(SEPARATORS)
        if not line or (number == 1 and not any(each.isdigit() for each in line)):
            continue
        found = _read(number, line)
        if found.day in seen:
            found = Line(number, line, fault=Fault.TWICE)
        if found.day:
            seen.add(found.day)
        yield found


def _read(number: int, line: str) -> Line:
    match = ISO.match(line.lstrip(QUOTES)) or DOTTED.match(line.lstrip(QUOTES))
    if not match:
        return Line(number, line, fault=Fault.NO_DATE)
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return Line(number, line, fault=Fault.NO_SUCH_DAY)
    rest = line.lstrip(QUOTES)[match.end() :]
    try:
        name = one_line(rest.lstrip(QUOTES + SEPARATORS).rstrip(QUOTES))
    except UnsafeText:
        return Line(number, line, fault=Fault.UNSAFE)
    if fault := _fault_of(day, name):
        return Line(number, line, fault=fault)
    return Line(number, line, day, name)


def _fault_of(day: date, name: str) -> Fault | None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Fault.YEAR
    if not name:
        return Fault.NO_NAME
    return Fault.LONG_NAME if len(name) > LENGTH else None
