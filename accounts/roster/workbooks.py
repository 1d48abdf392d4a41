"""Excel workbooks, read as they stream by.

Libraries for workbooks build rows as wide as the file claims, and keep whole texts before
anybody can look at their length. Of a list of people we need the texts of one sheet, so it
is read with the parser itself: a workbook that is made to hurt is left at the first excess.
"""

import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import IO
from xml.parsers.expat import ExpatError

from accounts.roster.findings import Code, Finding, Unreadable
from accounts.roster.sheets import Numbered, Sheet, with_headings
from accounts.roster.workbookxml import (
    RelationsHandler,
    RowsHandler,
    SheetsHandler,
    StringsHandler,
    parsed,
)

PARTS = 2000
PART_BYTES = 160 * 1024 * 1024
STRINGS_BYTES = 48 * 1024 * 1024
SMALL_BYTES = 4 * 1024 * 1024
RATIO = 200
SMALL_FILE = 1024 * 1024
BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
DAMAGE = (zipfile.BadZipFile, zlib.error, ExpatError, EOFError, OSError, NotImplementedError)


def read_workbook(file: IO[bytes]) -> Sheet:
    """The rows of the workbook's first sheet. Raises Unreadable."""
    try:
        archive = zipfile.ZipFile(file)
        _inspect(archive)
        name, path, is_only = _first_sheet(archive)
        strings = _strings(archive)
    except KeyError as error:
        raise Unreadable(Code.BROKEN) from error
    except (*DAMAGE, RuntimeError) as error:
        raise Unreadable(Code.BROKEN) from error
    other = () if is_only else (Finding(Code.OTHER_SHEETS, params={"sheet": name[:80]}),)
    return with_headings(_rows(archive, path, strings), warnings=other)


def _inspect(archive: zipfile.ZipFile) -> None:
    """Refuse what is no workbook, and what unpacks to more than a list of people can be."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(Code.PROTECTED)
    if len(parts) > PARTS or len({part.filename for part in parts}) < len(parts):
        raise Unreadable(Code.BOMB)
    if BOOK not in archive.namelist():
        raise Unreadable(Code.NOT_A_LIST)
    for part in parts:
        is_large = part.file_size > SMALL_FILE
        if is_large and part.file_size > RATIO * max(1, part.compress_size):
            raise Unreadable(Code.BOMB)


def _pieces(archive: zipfile.ZipFile, path: str, *, most: int) -> Iterator[bytes]:
    """The part as it unpacks; counted here, because the archive's own figures may lie."""
    size = 0
    with archive.open(path) as part:
        while piece := part.read(64 * 1024):
            size += len(piece)
            if size > most:
                raise Unreadable(Code.BOMB)
            yield piece


def _first_sheet(archive: zipfile.ZipFile) -> tuple[str, str, bool]:
    """Name and place of the first visible sheet, and whether it is the only one."""
    sheets, relations = SheetsHandler(), RelationsHandler()
    for _ in parsed(_pieces(archive, BOOK, most=SMALL_BYTES), sheets):
        pass
    for _ in parsed(_pieces(archive, RELATIONS, most=SMALL_BYTES), relations):
        pass
    found = [
        (name, relations.targets[key]) for name, key in sheets.visible if key in relations.targets
    ]
    if not found:
        raise Unreadable(Code.EMPTY)
    name, target = found[0]
    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return name, path, len(found) == 1


def _strings(archive: zipfile.ZipFile) -> list[str]:
    """Texts that cells refer to by number."""
    if STRINGS not in archive.namelist():
        return []
    handler = StringsHandler()
    return list(chain.from_iterable(parsed(_pieces(archive, STRINGS, most=STRINGS_BYTES), handler)))


def _rows(archive: zipfile.ZipFile, path: str, strings: list[str]) -> Iterator[Numbered]:
    try:
        for rows in parsed(_pieces(archive, path, most=PART_BYTES), RowsHandler(strings)):
            yield from rows
    except (*DAMAGE, KeyError, RuntimeError) as error:
        raise Unreadable(Code.BROKEN) from error
    finally:
        archive.close()
