"""The list as it came, with a column that says what is wrong in each row."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import get_language, gettext, gettext_noop, override

from accounts.importing.content import opened
from accounts.importing.lines import findings_by_row
from accounts.models import PeopleImport
from accounts.roster.files import read_list
from accounts.roster.findings import Unreadable
from accounts.roster.showing import on_one_line, remarks_of
from accounts.roster.values import RISKY

BATCH = 500
BOM = "\ufeff"
HEADING = gettext_noop("Error")
# Where a comma is the decimal mark, spreadsheets expect semicolons.
SEMICOLON = ("de", "fr", "es", "it", "pt", "nl", "pl")
AFTER = (*RISKY, "\t", "\r", "\n")


def neutral(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula; reading takes the mark away."""
    return f"'{cell}" if cell.startswith(AFTER) else cell


def chunks(people_import: PeopleImport) -> Iterator[bytes]:
    """The file, a few rows at a time, in the language of whoever asks now."""
    language = get_language() or "en"
    yield BOM.encode()
    rows = _rows(people_import, language)
    while text := _written(rows, _delimiter(people_import, language)):
        yield text.encode()


def _delimiter(people_import: PeopleImport, language: str) -> str:
    return people_import.delimiter or (";" if language[:2] in SEMICOLON else ",")


def _written(rows: Iterator[list[str]], delimiter: str) -> str:
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    for _, row in zip(range(BATCH), rows, strict=False):
        writer.writerow([neutral(cell) for cell in row])
    return text.getvalue()


def _rows(people_import: PeopleImport, language: str) -> Iterator[list[str]]:
    findings = findings_by_row(people_import)
    waiting = next(findings, None)
    try:
        with opened(people_import.pk) as file:
            sheet = read_list(file)
            width = len(sheet.headings)
            yield [*sheet.headings, _in(language, HEADING)]
            for number, cells in sheet.rows:
                found = ""
                if waiting and waiting[0] == number:
                    found = _words(waiting[1], language)
                    waiting = next(findings, None)
                yield [*cells, *[""] * (width - len(cells)), found]
    except Unreadable as unreadable:
        yield [_words([unreadable.finding.as_json()], language)]


def _in(language: str, text: str) -> str:
    with override(language):
        return gettext(text)


def _words(stored: list[dict[str, object]], language: str) -> str:
    with override(language):
        return " ".join(on_one_line(each) for each in remarks_of(stored))
