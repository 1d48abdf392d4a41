"""The canonical words for a group: the same group has the same words wherever it is asked about.

A scope is a JSON list: a kind, the key of the program or cohort if it is of one, and pairs of a
dimension and its value.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

# Names of places that quotes make longer than that are not told of.
LONGEST = 500


class Reach(StrEnum):
    """Of what a group is a part."""

    ORGANIZATION = "organization"
    PROGRAM = "program"
    COHORT = "cohort"


class Dimension(StrEnum):
    """How people are divided: by where they stood at the end of that day, and by their side.

    What is told in batches counts them.
    """

    DEPARTMENT = "department"
    LOCATION = "location"
    BAND = "band"
    SIDE = "side"
    BATCH = "batch"


type Part = tuple[Dimension, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Everybody of the organization, a program or a cohort, narrowed to parts of it."""

    reach: Reach
    key: UUID | None = None
    parts: tuple[Part, ...] = ()

    def within(self, *parts: Part) -> "Scope":
        return Scope(self.reach, self.key, (*self.parts, *parts))

    def __str__(self) -> str:
        """To be stored and compared."""
        key = [str(self.key)] if self.key else []
        told = [self.reach, *key, *([name, value] for name, value in sorted(self.parts))]
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def parsed(stored: str) -> Scope:
    reach, *rest = json.loads(stored)
    key = UUID(rest.pop(0)) if rest and isinstance(rest[0], str) else None
    return Scope(Reach(reach), key, tuple(_parts(rest)))


def _parts(pairs: Iterable[list[str]]) -> Iterable[Part]:
    for name, value in pairs:
        yield Dimension(name), value


WHOLE = str(Scope(Reach.ORGANIZATION))
