"""What is different in another text, line by line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the other text; ``is_new`` when the own text has no such line."""

    text: str
    is_new: bool


def lines_of(theirs: str, mine: str) -> list[Line]:
    """The other text, with what the own one does not have marked."""
    known = {line.strip() for line in mine.splitlines()}
    return [
        Line(line, bool(line.strip()) and line.strip() not in known) for line in theirs.splitlines()
    ]
