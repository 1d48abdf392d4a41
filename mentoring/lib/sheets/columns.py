"""What is in the cells of a table, and what no cell may do."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Protocol

# What XML and databases know nothing of, and what nobody sees.
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What makes spreadsheets take a text for a formula, also in wide letters and after spaces.
FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z", re.ASCII)


class Kind(StrEnum):
    """What the cells of a column are. Moments are aware datetimes, shares lie from 0 to 1."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a key that never changes, and what people call it."""

    key: str
    heading: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that is made while it is written; a row is a tuple as long as ``columns``."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Any, ...]]


class Out(Protocol):
    """Where bytes go, a few at a time and never back."""

    def write(self, data: bytes, /) -> Any: ...


class Stream:
    """An `Out` as archives want it, who cannot go back in it either."""

    def __init__(self, out: Out) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here."""


def clean(text: str) -> str:
    """The text without what no file can hold."""
    return NOT_TEXT.sub("", text)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might calculate the text instead of showing it."""
    return bool(FORMULA.match(text)) and not NUMBER.match(text)


@lru_cache(maxsize=4096)
def safe(text: str) -> tuple[str, bool]:
    """The text as files can hold it, and whether it looks like a formula.

    Most columns say the same few things again and again, so it is worth remembering.
    """
    found = clean(text)
    return found, not found[:1].isalnum() and looks_like_formula(found)


def headings(columns: Iterable[Column], zone: str) -> list[str]:
    """What stands above the columns; above moments also the zone of their clock."""
    return [
        f"{each.heading} ({zone})" if each.kind == Kind.MOMENT else each.heading for each in columns
    ]
