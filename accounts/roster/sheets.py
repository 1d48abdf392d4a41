"""A list of people as rows of texts, wherever it came from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accounts.roster.findings import Code, Finding, Unreadable

FILE_BYTES = 25 * 1024 * 1024
ROWS = 100_000
COLUMNS = 100
CELL = 32_767
HEADING = 200

type Numbered = tuple[int, list[str]]


@dataclass(slots=True)
class Sheet:
    """Headings, and the rows below them with the numbers that a spreadsheet shows.

    Rows without any text are left out. Reading them raises Unreadable when the file turns
    out to be no list after all. ``delimiter`` is empty for a workbook.
    """

    headings: list[str]
    rows: Iterator[Numbered]
    delimiter: str = ""
    warnings: tuple[Finding, ...] = ()


def with_headings(numbered: Iterable[Numbered], **more: object) -> Sheet:
    """The first row with text as headings, the others as they come. Raises Unreadable."""
    rows = _limited(numbered)
    first = next(rows, None)
    if first is None:
        raise Unreadable(Code.EMPTY)
    headings = [" ".join(text.split())[:HEADING] for text in first[1]]
    while headings and not headings[-1]:
        headings.pop()
    _refuse_twins(headings)
    return Sheet(headings=headings, rows=rows, **more)  # type: ignore[arg-type]


def _limited(numbered: Iterable[Numbered]) -> Iterator[Numbered]:
    """Rows with text, as long as there are not too many of them."""
    count = 0
    for number, cells in numbered:
        if not any(cells) or not any(map(str.strip, cells)):
            continue
        count += 1
        if count > ROWS + 1:
            raise Unreadable(Code.TOO_MANY_ROWS, most=ROWS)
        if len(cells) > COLUMNS and any(cells[COLUMNS:]):
            raise Unreadable(Code.TOO_MANY_COLUMNS, most=COLUMNS)
        yield number, cells


def _refuse_twins(headings: list[str]) -> None:
    seen: set[str] = set()
    for heading in headings:
        key = heading.casefold()
        if key and key in seen:
            raise Unreadable(Code.DUPLICATE_HEADING, heading=heading)
        seen.add(key)
