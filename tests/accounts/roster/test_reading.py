"""Whatever a spreadsheet saves is read the same; what is no list is refused with a reason."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from accounts.roster.files import read_list
from accounts.roster.findings import Unreadable

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")
# Letters that Windows-1252 has, too; quotation marks, separators and line ends are the point.
letters = st.sampled_from("abcXYZ äöüßéñ €–“” ,;\t\"'\n@.=+-09")
cells = st.text(letters, max_size=12)
rows = st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8)
HEADINGS = ["Name", "E-mail", "Größe"]


def with_text(found: list[list[str]]) -> list[list[str]]:
    return [row for row in found if any(cell.strip() for cell in row)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@given(rows=rows)
def test_a_text_file_is_read_as_it_was_written(encoding: str, delimiter: str, rows) -> None:
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows([HEADINGS, *rows])

    sheet = read_list(BytesIO(text.getvalue().encode(encoding)))

    assert sheet.headings == HEADINGS
    assert [found for _, found in sheet.rows] == with_text(rows)


@given(rows=rows)
def test_a_workbook_is_read_as_it_was_written(rows) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet("People")
    plain = [[cell.replace("=", "") for cell in row] for row in rows]
    for row in [HEADINGS, *plain]:
        page.append(row)
    file = BytesIO()
    book.save(file)

    sheet = read_list(file)
    found = [[*texts, *[""] * (3 - len(texts))] for _, texts in sheet.rows]

    assert sheet.headings == HEADINGS
    assert found == with_text(plain)


def test_rows_have_the_numbers_that_a_spreadsheet_shows() -> None:
    sheet = read_list(BytesIO(b"\nName,E-mail\n\nA,a@b.c\n , \nB,b@b.c\n"))
    assert [number for number, _ in sheet.rows] == [4, 6]


def test_a_line_for_excel_names_the_separator() -> None:
    sheet = read_list(BytesIO(b"sep=;\nName;E-mail\nA, B;a@b.c\n"))
    assert (sheet.headings, list(sheet.rows)) == (["Name", "E-mail"], [(2, ["A, B", "a@b.c"])])


def test_a_separator_inside_cells_does_not_mislead() -> None:
    sheet = read_list(BytesIO(b"Name;E-mail;Note\nA, B, C;a@b.c;x, y\nD, E;d@b.c;z\n"))
    assert sheet.delimiter == ";"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"%PDF-1.7 ...", "not_a_list"),
        (b"\x89PNG\r\n\x1a\n....", "not_a_list"),
        (b"Name,E-mail\nA\x00B,a@b.c\n", "not_a_list"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected",
        ),
        (b"PK\x03\x04 and nothing more", "broken"),
        (b"Name,E-mail,name\nA,a@b.c,B\n", "duplicate_heading"),
        (b'Name,E-mail\n"A,a@b.c\nB,b@b.c\n', "quotes"),
        (b"Name,E-mail\n" + b"x" * 200_000 + b",a@b.c\n", "cell_too_large"),
        (b"Name,E-mail\n\x81\x8d\x8f\xff,a@b.c\n", "encoding"),
        (b"Name,E-mail\n" + b"x" * 1_100_000, "cell_too_large"),
        (b",".join(b"c%d" % n for n in range(200)) + b"\n", "too_many_columns"),
        (b"Name,E-mail\n" + b"A,a@b.c\n" * 100_001, "too_many_rows"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        list(read_list(BytesIO(content)).rows)
    assert refused.value.finding.code == code
