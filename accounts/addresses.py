"""Reading e-mail addresses out of whatever people paste."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from mentoring.lib.text import WITHOUT_MARKS

LENGTH = 254
QUOTED = re.compile(r'"[^"]*"')
ANGLED = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True, slots=True)
class Address:
    """An address found in a text; ``email`` is empty when it is none."""

    line: int
    text: str
    email: str


def read_addresses(text: str) -> list[Address]:
    """Everything in the text that is, or was meant to be, an address, in order.

    Addresses may stand one a line, after each other with commas, semicolons, tabs or
    spaces, or behind a name: ``Anna <anna@example.org>``. Capitals do not count.
    """
    return [
        Address(line=number, text=found, email=_clean(found))
        for number, line in enumerate(text.translate(WITHOUT_MARKS).splitlines(), start=1)
        for found in _candidates(QUOTED.sub(" ", line))
    ]


def _candidates(line: str) -> Iterator[str]:
    start = 0
    for angled in ANGLED.finditer(line):
        yield from _bare(line[start : angled.start()], names=True)
        yield angled[1].strip() or angled[0]
        start = angled.end()
    yield from _bare(line[start:], names=False)


def _bare(text: str, *, names: bool) -> Iterator[str]:
    """Addresses without angle brackets; words beside one, or before a bracket, are names."""
    for piece in re.split(r"[,;]", text):
        words = piece.split()
        with_at = [word for word in words if "@" in word]
        yield from with_at or ([] if names or not words else [" ".join(words)])


def _clean(text: str) -> str:
    email = text.strip("'()[]").removeprefix("mailto:").rstrip(".").lower()
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email if len(email) <= LENGTH else ""
