"""The few elements of a workbook's XML that a list of people needs, as they come by."""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol
from xml.parsers import expat

from accounts.roster.findings import Code, Unreadable
from accounts.roster.sheets import CELL, COLUMNS

TOKEN_BYTES = 4 * 1024 * 1024
MOST_STRINGS = 3_000_000
LAST_ROW = 1_048_576
LETTERS = 3
FORMULA = "="


class Handler[T](Protocol):
    """Collects what it understands; ``take`` hands over what is complete."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def text(self, data: str) -> None: ...
    def take(self) -> list[T]: ...


def parsed[T](pieces: Iterable[bytes], handler: Handler[T]) -> Iterator[list[T]]:
    """What the handler found in each piece. Raises ExpatError or Unreadable.

    Document types are refused, and with them every entity. A single tag may be long, but
    not so long that it would have to be kept.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = False
    parser.StartElementHandler = lambda tag, found: handler.start(_local(tag), found)
    parser.EndElementHandler = lambda tag: handler.end(_local(tag))
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    fed = 0
    for piece in pieces:
        parser.Parse(piece, False)
        fed += len(piece)
        if fed - parser.CurrentByteIndex > TOKEN_BYTES:
            raise Unreadable(Code.CELL_TOO_LARGE)
        yield handler.take()
    parser.Parse(b"", True)
    yield handler.take()


def _refuse(*_: Any) -> None:
    raise Unreadable(Code.BROKEN)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


class SheetsHandler:
    """The sheets of a workbook: what each is called, and the key of its place."""

    def __init__(self) -> None:
        self.visible: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            keys = [value for name, value in attributes.items() if name.endswith("}id")]
            self.visible += [(attributes.get("name", ""), key) for key in keys]

    def end(self, tag: str) -> None: ...
    def text(self, data: str) -> None: ...

    def take(self) -> list[str]:
        return []


class RelationsHandler:
    """Where the parts are that are sheets."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            self.targets[attributes["Id"]] = attributes["Target"]

    def end(self, tag: str) -> None: ...
    def text(self, data: str) -> None: ...

    def take(self) -> list[str]:
        return []


class TextHandler:
    """Joins the text between tags, up to what a cell can hold."""

    def __init__(self) -> None:
        self.is_text = False
        self.is_phonetic = False
        self.parts: list[str] = []
        self.length = 0

    def text(self, data: str) -> None:
        if self.is_text and not self.is_phonetic:
            self.length += len(data)
            if self.length > CELL:
                raise Unreadable(Code.CELL_TOO_LARGE)
            self.parts.append(data)

    def joined(self) -> str:
        whole = "".join(self.parts)
        self.parts, self.length = [], 0
        return whole


class StringsHandler(TextHandler):
    """Shared texts in order; pronunciation hints are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "t":
            self.is_text = True
        elif tag == "rPh":
            self.is_phonetic = True

    def end(self, tag: str) -> None:
        if tag == "t":
            self.is_text = False
        elif tag == "rPh":
            self.is_phonetic = False
        elif tag == "si":
            self.count += 1
            if self.count > MOST_STRINGS:
                raise Unreadable(Code.BOMB)
            self.found.append(self.joined())

    def take(self) -> list[str]:
        found, self.found = self.found, []
        return found


class RowsHandler(TextHandler):
    """Rows with their numbers; a formula shows as one, whatever it last came to."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self.strings = strings
        self.rows: list[tuple[int, list[str]]] = []
        self.cells: list[str] = []
        self.number = 0
        self.column = -1
        self.kind = "n"
        self.is_formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self.column = _column(attributes.get("r", ""), after=self.column)
            self.kind, self.is_formula = attributes.get("t", "n"), False
        elif tag in ("v", "t"):
            self.is_text = True
        elif tag == "f":
            self.is_formula = True
        elif tag == "rPh":
            self.is_phonetic = True
        elif tag == "row":
            self.number = _row_number(attributes.get("r", ""), after=self.number)
            self.cells, self.column = [], -1

    def end(self, tag: str) -> None:
        if tag == "c":
            self._put(self._value(self.joined()))
        elif tag in ("v", "t"):
            self.is_text = False
        elif tag == "rPh":
            self.is_phonetic = False
        elif tag == "row" and self.cells:
            self.rows.append((self.number, self.cells))

    def take(self) -> list[tuple[int, list[str]]]:
        rows, self.rows = self.rows, []
        return rows

    def _put(self, value: str) -> None:
        if not value:
            return
        if self.column > COLUMNS:
            raise Unreadable(Code.TOO_MANY_COLUMNS, most=COLUMNS)
        self.cells += [""] * (self.column + 1 - len(self.cells))
        self.cells[self.column] = value

    def _value(self, text: str) -> str:
        if self.is_formula or self.kind == "e":
            return FORMULA
        if self.kind == "s":
            return self._shared(text)
        if self.kind == "b":
            return "yes" if text == "1" else "no"
        return _plain_number(text) if self.kind == "n" else text

    def _shared(self, text: str) -> str:
        if not text:
            return ""
        if not (text.isascii() and text.isdigit()) or len(text) > 9:
            raise Unreadable(Code.BROKEN)
        index = int(text)
        if index >= len(self.strings):
            raise Unreadable(Code.BROKEN)
        return self.strings[index]


def _plain_number(text: str) -> str:
    """``1.2E3`` as ``1200``; whatever is not a whole number stays as it is."""
    if not text or text.isdigit():
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else text


def _column(reference: str, *, after: int) -> int:
    """``C7`` → 2; a cell without a place comes after the one before."""
    letters = reference.rstrip("0123456789")
    if not letters:
        return after + 1
    if len(letters) > LETTERS or not (letters.isascii() and letters.isalpha()):
        raise Unreadable(Code.BROKEN)
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


def _row_number(text: str, *, after: int) -> int:
    if not text:
        return after + 1
    is_number = text.isascii() and text.isdigit() and len(text) <= 7
    if not is_number or not after < int(text) <= LAST_ROW:
        raise Unreadable(Code.BROKEN)
    return int(text)
