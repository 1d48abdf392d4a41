"""Lists as text: encoding and separator are found out, never asked for."""

import codecs
import csv
from collections.abc import Iterator
from contextlib import suppress
from io import TextIOWrapper
from typing import IO

from accounts.roster.findings import Code, Unreadable
from accounts.roster.sheets import Numbered, Sheet, with_headings

DELIMITERS = ",;\t"
SAMPLE = 64 * 1024
SAMPLE_ROWS = 20
PIECE = 1024 * 1024
LINE = 1024 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_csv(file: IO[bytes]) -> Sheet:
    """The rows of a text file. Raises Unreadable when it is none."""
    encoding = encoding_of(file)
    file.seek(0)
    text = TextIOWrapper(file, encoding=encoding, errors="strict", newline="")
    try:
        sample = text.read(SAMPLE)
    except UnicodeDecodeError as error:
        raise Unreadable(Code.ENCODING) from error
    if "\x00" in sample:
        raise Unreadable(Code.NOT_A_LIST)
    named = sample[:4].lower() == "sep=" and sample[4:5] in tuple(DELIMITERS)
    delimiter = sample[4] if named else delimiter_of(sample)
    text.detach()
    file.seek(0)
    again = TextIOWrapper(file, encoding=encoding, errors="strict", newline="")
    lines = _lines(again)
    if named:
        next(lines, None)
    return with_headings(_rows(lines, delimiter), delimiter=delimiter)


def encoding_of(file: IO[bytes]) -> str:
    """How the letters are stored: by the mark at the start, else by what they can be."""
    file.seek(0)
    start = file.read(4096)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding
    if start.count(0) * 4 > len(start):
        return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
    for encoding in ("utf-8", "cp1252"):
        if _decodes(file, encoding):
            return encoding
    raise Unreadable(Code.ENCODING)


def _decodes(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(sample: str) -> str:
    """The separator that cuts most rows into as many cells as there are headings."""
    best, found = (0.0, 0), ","
    for delimiter in DELIMITERS:
        widths = _widths(sample, delimiter)
        if widths and widths[0] > 1:
            even = sum(width == widths[0] for width in widths) / len(widths)
            if (even, widths[0]) > best:
                best, found = (even, widths[0]), delimiter
    return found


def _widths(sample: str, delimiter: str) -> list[int]:
    """How many cells the first rows have, cut that way; the last line may be cut off."""
    lines = sample.splitlines(keepends=True)
    whole = lines[:-1] if len(sample) == SAMPLE and len(lines) > 1 else lines
    widths: list[int] = []
    try:
        for row in csv.reader(whole, delimiter=delimiter):
            widths += [len(row)] if any(row) else []
            if len(widths) > SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    return widths


def _lines(text: TextIOWrapper) -> Iterator[str]:
    try:
        while line := text.readline(LINE):
            if len(line) == LINE:
                raise Unreadable(Code.CELL_TOO_LARGE)
            yield line
    except UnicodeDecodeError as error:
        raise Unreadable(Code.ENCODING) from error
    finally:
        # Or else the file would be closed with the wrapper, unless somebody was faster.
        with suppress(ValueError):
            text.detach()


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[Numbered]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        if "field larger" in str(error):
            raise Unreadable(Code.CELL_TOO_LARGE) from error
        raise Unreadable(Code.QUOTES, line=reader.line_num) from error
