"""Text with commas, for programs and for spreadsheets (RFC 4180): UTF-8, ISO dates, CRLF.

A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers never do.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from itertools import batched
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from mentoring.lib.sheets.columns import (
    Kind,
    Out,
    Sheet,
    Stream,
    headings,
    safe,
)

BOM = b"\xef\xbb\xbf"
AT_ONCE = 500
EARLIEST = (1980, 1, 1, 0, 0, 0)

type Words = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is written: the zone of its clock, two words, and whether it begins with a BOM."""

    zone: ZoneInfo
    yes_no: tuple[str, str]
    has_bom: bool = False


def write_csv(out: Out, sheet: Sheet, style: Style) -> int:
    """The table with its headings; return how many rows it had."""
    if style.has_bom:
        out.write(BOM)
    words = _words(style.zone, style.yes_no)
    in_words = [words[each.kind] for each in sheet.columns]
    count = 0
    out.write(_lines([[_text(each) for each in headings(sheet.columns, style.zone.key)]]))
    for rows in batched(sheet.rows, AT_ONCE):
        count += len(rows)
        out.write(
            _lines(
                [
                    [
                        "" if value is None else said(value)
                        for said, value in zip(in_words, row, strict=True)
                    ]
                    for row in rows
                ]
            )
        )
    return count


def write_zip(out: Out, sheets: Mapping[str, Sheet], style: Style) -> int:
    """A file for each of several tables, by name, in one archive without a clock."""
    count = 0
    with ZipFile(Stream(out), "w") as archive:  # type: ignore[call-overload]
        for name, sheet in sheets.items():
            entry = ZipInfo(name, EARLIEST)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as file:
                count += write_csv(file, sheet, style)
    return count


def _lines(rows: list[list[Any]]) -> bytes:
    made = StringIO(newline="")
    csv.writer(made, lineterminator="\r\n").writerows(rows)
    return made.getvalue().encode()


def _text(value: str) -> str:
    text, is_odd = safe(str(value))
    return f"'{text}" if is_odd else text


def _words(zone: ZoneInfo, yes_no: tuple[str, str]) -> dict[Kind, Words]:
    def moment(value: datetime) -> str:
        return value.astimezone(zone).isoformat(timespec="seconds")

    return {
        Kind.TEXT: _text,
        Kind.INTEGER: int,
        Kind.DECIMAL: lambda value: f"{Decimal(value):.2f}",
        Kind.DATE: date.isoformat,
        Kind.MOMENT: moment,
        Kind.YES_NO: lambda value: yes_no[0] if value else yes_no[1],
        Kind.SHARE: lambda value: f"{Decimal(value):.4f}",
    }
