"""Places where higher floors add what a lower floor cannot know."""

from collections.abc import Iterator


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
