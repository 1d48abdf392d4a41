"""Workbooks that are made to hurt are left at the first excess."""

import tracemalloc
import zipfile
from io import BytesIO

import pytest

from accounts.roster.files import read_list
from accounts.roster.findings import Unreadable

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
BOOK = (
    f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Hidden" sheetId="1" state="hidden" r:id="r0"/>'
    '<sheet name="People" sheetId="2" r:id="r1"/>{more}</sheets></workbook>'
)
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="r0" Type="{OFFICE}/worksheet" Target="worksheets/sheet0.xml"/>'
    f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
    "</Relationships>"
)
HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>E-mail</t></is></c></row>'
)


def workbook(rows: str, *, before: str = "", prolog: str = "", more: str = "", **parts) -> BytesIO:
    sheet = (
        f'{prolog}<worksheet xmlns="{SPREADSHEET}">{before}'
        f"<sheetData>{HEAD}{rows}</sheetData></worksheet>"
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", BOOK.replace("{more}", more))
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return file


def refusal(file: BytesIO) -> str:
    with pytest.raises(Unreadable) as refused:
        list(read_list(file).rows)
    return str(refused.value.finding.code)


def text(reference: str, content: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{content}</t></is></c>'


def row(number: int | str, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def test_plain_rows_are_read() -> None:
    file = workbook(
        row(2, text("A2", "Anna"), text("B2", "a@b.c")) + row(9, '<c r="B9"><v>7</v></c>')
    )
    sheet = read_list(file)
    assert (sheet.headings, list(sheet.rows)) == (
        ["Name", "E-mail"],
        [(2, ["Anna", "a@b.c"]), (9, ["", "7"])],
    )


def test_rich_text_loses_its_pronunciation_hints_and_keeps_its_letters() -> None:
    strings = (
        f'<sst xmlns="{SPREADSHEET}"><si><r><t>An</t></r><r><t>na</t></r>'
        "<rPh><t>ah</t></rPh></si></sst>"
    )
    file = workbook(row(2, '<c r="A2" t="s"><v>0</v></c>'), sharedStrings=strings)
    assert [cells for _, cells in read_list(file).rows] == [["Anna"]]


def test_a_formula_shows_as_one_whatever_it_came_to() -> None:
    file = workbook(row(2, '<c r="A2" t="str"><f>1+1</f><v>Anna</v></c>', text("B2", "a@b.c")))
    assert [cells for _, cells in read_list(file).rows] == [["=", "a@b.c"]]


def test_a_huge_dimension_is_not_believed() -> None:
    file = workbook(row(2, text("A2", "Anna")), before='<dimension ref="A1:XFD1048576"/>')
    tracemalloc.start()
    found = list(read_list(file).rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [(2, ["Anna"])]
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("bomb", "bomb"),
        ("cell", "cell_too_large"),
        ("strings", "bomb"),
        ("doctype", "broken"),
        ("far column", "too_many_columns"),
        ("no column", "broken"),
        ("no row", "broken"),
        ("row backwards", "broken"),
        ("string out of range", "broken"),
        ("broken xml", "broken"),
        ("rows", "too_many_rows"),
    ],
)
def test_a_hostile_workbook_is_refused(name: str, code: str) -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    files = {
        "bomb": lambda: workbook(row(2, text("A2", "a" * 30_000)) + "<!-- " + " " * 50_000_000),
        "cell": lambda: workbook(row(2, text("A2", "ab" * 400_000))),
        "strings": lambda: workbook("", sharedStrings="<sst>" + "<si/>" * 12_000_000),
        "doctype": lambda: workbook(row(2, text("A2", "&b;")), prolog=entity),
        "far column": lambda: workbook(row(2, text("XFD2", "Anna"))),
        "no column": lambda: workbook(row(2, text("ZZZZZZ2", "Anna"))),
        "no row": lambda: workbook(row("99999999999", text("A2", "Anna"))),
        "row backwards": lambda: workbook(row(5, text("A5", "A")) + row(2, text("A2", "B"))),
        "string out of range": lambda: workbook(row(2, '<c r="A2" t="s"><v>9</v></c>')),
        "broken xml": lambda: workbook("<row><c></row>"),
        "rows": lambda: workbook("".join(row(n, text(f"A{n}", "x")) for n in range(2, 100_003))),
    }
    assert refusal(files[name]()) == code


def test_figures_that_lie_about_the_size_do_not_help() -> None:
    file = workbook(row(2, text("A2", "Anna")))
    content = bytearray(file.getvalue())
    with zipfile.ZipFile(file) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    wrong = (info.file_size - 20).to_bytes(4, "little")
    changed = bytes(content).replace(info.file_size.to_bytes(4, "little"), wrong)
    assert refusal(BytesIO(changed)) == "broken"


def test_other_archives_are_no_workbooks() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(file) == "not_a_list"


def test_other_visible_sheets_are_mentioned() -> None:
    file = workbook(row(2, text("A2", "Anna")), more='<sheet name="Old" sheetId="3" r:id="r0"/>')
    assert [str(each.code) for each in read_list(file).warnings] == ["other_sheets"]
