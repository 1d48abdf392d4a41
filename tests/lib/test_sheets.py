"""Tables as files: the same bytes each time, and no cell that calculates."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from mentoring.lib.sheets.columns import Column, Kind, Sheet, looks_like_formula
from mentoring.lib.sheets.csvs import Style, write_csv, write_zip
from mentoring.lib.sheets.workbooks import MOST_ROWS, Book

BERLIN = ZoneInfo("Europe/Berlin")
STYLE = Style(BERLIN, ("yes", "no"))
COLUMNS = (
    Column("name", "Name"),
    Column("count", "How many", Kind.INTEGER),
    Column("hours", "Hours", Kind.DECIMAL),
    Column("day", "Day", Kind.DATE),
    Column("at", "When", Kind.MOMENT),
    Column("is_so", "Is so", Kind.YES_NO),
    Column("share", "Share", Kind.SHARE),
)
ROW = (
    "Zoë O'Neill",
    3,
    Decimal("1.5"),
    date(2026, 2, 28),
    datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
    True,
    0.625,
)
# What spreadsheets have been made to run by, and what looks like it.
EVIL = [
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "\ufeff=1",
    "\x00=1",
    '=HYPERLINK("https://evil.example","here")',
]


class Memory(list):
    def write(self, data):
        self.append(bytes(data))
        return len(data)

    @property
    def content(self) -> bytes:
        return b"".join(self)


def sheet(*rows, columns=COLUMNS) -> Sheet:
    return Sheet("things", "Things", columns, rows)


def texts(*values) -> Sheet:
    return sheet(*((each,) for each in values), columns=COLUMNS[:1])


def as_csv(table, style=STYLE) -> str:
    out = Memory()
    write_csv(out, table, style)
    return out.content.decode()


def book(tmp_path, *tables, **more) -> bytes:
    out = Memory()
    made = Book(out, folder=tmp_path, zone=BERLIN, title="All", created=date(2026, 3, 31), **more)
    made.add_cover("Cover", [("For", "=the board"), ("As of", "2026-03-31")])
    for each in tables:
        made.add(each)
    made.close()
    return out.content


def test_a_csv_has_iso_dates_and_names_the_zone_above_moments():
    assert as_csv(sheet(ROW, (None,) * 7)) == (
        "Name,How many,Hours,Day,When (Europe/Berlin),Is so,Share\r\n"
        "Zoë O'Neill,3,1.50,2026-02-28,2026-03-29T03:30:00+02:00,yes,0.6250\r\n"
        ",,,,,,\r\n"
    )


def test_a_csv_begins_with_a_mark_only_when_it_is_wanted():
    assert as_csv(sheet(ROW), Style(BERLIN, ("yes", "no"), has_bom=True))[0] == "\ufeff"
    assert as_csv(sheet(ROW))[0] == "N"


@pytest.mark.parametrize("text", EVIL)
def test_no_text_is_a_formula(tmp_path, text):
    (_heading, (shown,)) = csv.reader(StringIO(as_csv(texts(text)), newline=""))
    assert shown.startswith("'")
    rows = load_workbook(BytesIO(book(tmp_path, texts(text))))["Things"]
    assert rows["A2"].data_type == "s"
    assert rows["A2"].quotePrefix


@pytest.mark.parametrize("text", ["-5", "+49", "3.5", "-0.25", "Anna-Lena", "a=b", "me@here", ""])
def test_numbers_and_plain_texts_stay_as_they_are(text):
    assert not looks_like_formula(text)
    (_heading, shown) = csv.reader(StringIO(as_csv(texts(text)), newline=""))
    assert "".join(shown) == text


def test_a_column_of_negative_numbers_stays_numbers():
    columns = (Column("gap", "Gap", Kind.INTEGER),)
    assert as_csv(sheet((-3,), columns=columns)) == "Gap\r\n-3\r\n"


def test_a_text_with_quotes_commas_and_lines_is_read_back_as_it_was():
    text = 'He said: "one, two"\nand <b>three</b>'
    (_heading, (read,)) = csv.reader(StringIO(as_csv(texts(text)), newline=""))
    assert read == text


def test_a_workbook_has_real_dates_and_numbers_a_frozen_heading_and_a_filter(tmp_path):
    found = load_workbook(BytesIO(book(tmp_path, sheet(ROW))))
    rows = found["Things"]
    assert found.sheetnames == ["Cover", "Things"]
    assert [cell.value for cell in rows[2]] == [
        "Zoë O'Neill",
        3,
        1.5,
        datetime(2026, 2, 28),  # noqa: DTZ001
        datetime(2026, 3, 29, 3, 30),  # noqa: DTZ001
        True,
        0.625,
    ]
    assert [cell.number_format for cell in rows[2]][2:5] == [
        "0.00",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
    ]
    assert (rows.freeze_panes, rows.auto_filter.ref) == ("A2", "A1:G2")
    assert rows["E1"].value == "When (Europe/Berlin)"


def test_the_same_rows_are_the_same_bytes_whatever_the_clock_says(tmp_path, time_machine):
    time_machine.move_to(datetime(2026, 4, 1, tzinfo=UTC))
    one = book(tmp_path, sheet(ROW))
    time_machine.move_to(datetime(2027, 5, 2, tzinfo=UTC))
    assert book(tmp_path, sheet(ROW)) == one
    archives = []
    for moment in (datetime(2026, 4, 1, tzinfo=UTC), datetime(2027, 5, 2, tzinfo=UTC)):
        time_machine.move_to(moment)
        out = Memory()
        write_zip(out, {"things.csv": sheet(ROW), "more.csv": texts("x")}, STYLE)
        archives.append(out.content)
    assert archives[0] == archives[1]
    assert ZipFile(BytesIO(archives[0])).namelist() == ["things.csv", "more.csv"]


def test_a_table_that_is_too_long_goes_on_in_another_sheet(tmp_path):
    assert MOST_ROWS == 1_048_576
    found = load_workbook(BytesIO(book(tmp_path, texts(*"abcde"), most_rows=3)))
    assert found.sheetnames == ["Cover", "Things", "Things (2)", "Things (3)"]
    told = [[row[0].value for row in found[name].rows] for name in found.sheetnames[1:]]
    assert told == [["Name", "a", "b"], ["Name", "c", "d"], ["Name", "e"]]
    exactly = load_workbook(BytesIO(book(tmp_path, texts(*"ab"), most_rows=3)))
    assert exactly.sheetnames == ["Cover", "Things"]


def test_texts_that_no_file_can_hold_are_made_so_that_it_can(tmp_path):
    rows = load_workbook(BytesIO(book(tmp_path, texts("a\x01b", "x" * 40_000, "https://x.y"))))
    shown = [row[0].value for row in rows["Things"].rows]
    assert shown[1] == "ab"
    assert len(shown[2]) == 32_767
    assert rows["Things"]["A4"].hyperlink is None


def test_sheets_are_called_what_excel_allows(tmp_path):
    long = Sheet("a", "A very long name of a table: with [odd] signs/", COLUMNS[:1], [])
    found = load_workbook(BytesIO(book(tmp_path, long, long)))
    assert found.sheetnames[1:] == [
        "A very long name of a table wit",
        "A very long name of a table (2)",
    ]


def test_the_folder_of_rows_is_empty_afterwards(tmp_path):
    book(tmp_path, sheet(ROW))
    assert list(tmp_path.iterdir()) == []
