"""Workbooks that are written row by row and are the same bytes each time.

A text stays a text, whatever it begins with: nothing becomes a formula or a link. One that looks
like a formula is marked so that it stays one when somebody edits the cell.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from mentoring.lib.sheets.columns import (
    Kind,
    Out,
    Sheet,
    Stream,
    clean,
    headings,
    safe,
)

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
TITLE_LENGTH = 31
UNTITLED = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  (days of spreadsheets have no zone)
SECONDS = 86_400
WIDTHS = {
    Kind.TEXT: 24,
    Kind.INTEGER: 12,
    Kind.DECIMAL: 12,
    Kind.DATE: 13,
    Kind.MOMENT: 19,
    Kind.YES_NO: 10,
    Kind.SHARE: 10,
}
FORMATS = {
    Kind.DECIMAL: "0.00",
    Kind.DATE: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.SHARE: "0.0%",
}

type Put = Callable[[Any, int, int, Any], None]


class _Cells:
    """How the values of each kind are put into a cell: sheet, row, column, value."""

    def __init__(self, book: Any, zone: ZoneInfo) -> None:
        self._zone = zone
        self._quoted = book.add_format({"quote_prefix": True})
        self._formats = {
            kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()
        }
        self.by_kind: dict[Kind, Put] = {
            Kind.TEXT: self._text,
            Kind.INTEGER: self._integer,
            Kind.DECIMAL: self._fraction(Kind.DECIMAL),
            Kind.DATE: self._date,
            Kind.MOMENT: self._moment,
            Kind.YES_NO: self._yes_no,
            Kind.SHARE: self._fraction(Kind.SHARE),
        }

    def _text(self, sheet: Any, row: int, at: int, value: str) -> None:
        text, is_odd = safe(str(value))
        if text:
            sheet.write_string(row, at, text[:MOST_CHARACTERS], self._quoted if is_odd else None)

    def _integer(self, sheet: Any, row: int, at: int, value: int) -> None:
        sheet.write_number(row, at, value)

    def _fraction(self, kind: Kind) -> Put:
        style = self._formats[kind]

        def put(sheet: Any, row: int, at: int, value: Any) -> None:
            sheet.write_number(row, at, float(value), style)

        return put

    def _date(self, sheet: Any, row: int, at: int, value: date) -> None:
        days = value.toordinal() - DAY_ZERO.toordinal()
        sheet.write_number(row, at, days, self._formats[Kind.DATE])

    def _moment(self, sheet: Any, row: int, at: int, value: datetime) -> None:
        """As clocks in the zone showed it: spreadsheets know no zones."""
        since = value.astimezone(self._zone).replace(tzinfo=None) - DAY_ZERO
        days = since.total_seconds() / SECONDS
        sheet.write_number(row, at, days, self._formats[Kind.MOMENT])

    def _yes_no(self, sheet: Any, row: int, at: int, value: Any) -> None:
        sheet.write_boolean(row, at, bool(value))


class Book:
    """One workbook on its way. Rows wait in ``folder``, never in memory.

    ``created`` is the day that its properties name, so that the clock leaves no trace.
    """

    def __init__(
        self,
        out: Out,
        *,
        folder: Path,
        zone: ZoneInfo,
        title: str,
        created: date,
        most_rows: int = MOST_ROWS,
    ) -> None:
        self._zone, self._most_rows = zone, most_rows
        self._book = xlsxwriter.Workbook(
            Stream(out),
            {
                "constant_memory": True,
                "tmpdir": str(folder),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        day = datetime(created.year, created.month, created.day)  # noqa: DTZ001
        self._book.set_properties({"title": clean(title), "created": day})
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._wrap = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._titles: set[str] = set()
        self._puts = _Cells(self._book, zone).by_kind

    def add_cover(self, title: str, lines: Iterable[tuple[str, str]]) -> None:
        """A sheet of names and what they stand for."""
        sheet = self._book.add_worksheet(self._title(title))
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 90)
        for row, (name, said) in enumerate(lines):
            sheet.write_string(row, 0, clean(name)[:MOST_CHARACTERS], self._bold)
            sheet.write_string(row, 1, clean(said)[:MOST_CHARACTERS], self._wrap)

    def add(self, table: Sheet) -> int:
        """A sheet with the table, and as many more as it takes; return how many rows it had."""
        rows = iter(table.rows)
        count = self._sheet(table, rows)
        for following in rows:
            count += self._sheet(table, chain([following], rows))
        return count

    def close(self) -> None:
        """Write all of it."""
        self._book.close()

    def give_up(self) -> None:
        """Let go of what waits in the folder."""
        for sheet in self._book.worksheets():
            with suppress(OSError):
                sheet.row_data_fh.close()
        self._book.fileclosed = 1

    def _sheet(self, table: Sheet, rows: Iterable[tuple[Any, ...]]) -> int:
        sheet = self._book.add_worksheet(self._title(table.title))
        names = headings(table.columns, self._zone.key)
        for at, (column, name) in enumerate(zip(table.columns, names, strict=True)):
            sheet.set_column(at, at, max(WIDTHS[column.kind], min(40, len(name) + 3)))
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(names):
            sheet.write_string(0, at, clean(name), self._bold)
        puts = [self._puts[each.kind] for each in table.columns]
        row = 0
        for row, values in enumerate(islice(rows, self._most_rows - 1), start=1):
            for at, value in enumerate(values):
                if value is not None:
                    puts[at](sheet, row, at, value)
        sheet.autofilter(0, 0, row, len(names) - 1)
        return row

    def _title(self, wanted: str) -> str:
        plain = " ".join(clean(wanted).translate(UNTITLED).split()).strip("'") or "-"
        title, number = plain[:TITLE_LENGTH], 1
        while title.lower() in self._titles:
            number += 1
            end = f" ({number})"
            title = plain[: TITLE_LENGTH - len(end)] + end
        self._titles.add(title.lower())
        return title
