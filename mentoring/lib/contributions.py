"""Places where higher floors add what a lower floor cannot know."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


class Contributions[T]:
    """What higher floors registered when they were ready, in that order, each once."""

    def __init__(self) -> None:
        self._registered: list[T] = []

    def register(self, contribution: T) -> None:
        """Add it; a second time changes nothing."""
        if contribution not in self._registered:
            self._registered.append(contribution)

    def __iter__(self) -> Iterator[T]:
        return iter(self._registered)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page that a higher floor adds; the template finds its ``context`` in it.

    It is rendered with the page, so that the page is whole without JavaScript. The lowest
    ``position`` comes first.
    """

    template: str
    position: int
    context: Mapping[str, Any] = field(default_factory=dict)


def in_order(sections: Iterable[Section | None]) -> list[Section]:
    """The sections that there are, from top to bottom."""
    return sorted((each for each in sections if each), key=lambda each: each.position)
