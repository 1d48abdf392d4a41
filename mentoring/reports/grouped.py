"""The part of the metric dictionary that is told of groups only, from so many people on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.utils.text import format_lazy

from mentoring.reports.careers.measures import CLOCK, GROUPS, MEANINGS
from mentoring.reports.disclosure.measures import MEASURES
from mentoring.reports.quality import QUALITIES

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


class Entry(Protocol):
    """What is told, and of at least how many people."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> "Text": ...
    @property
    def definition(self) -> "Text": ...
    @property
    def least(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Compared:
    """An entry that says whom it compares, and since when."""

    key: str
    name: "Text"
    definition: "Text"
    least: int


COMPARED = tuple(
    Compared(
        each.key,
        each.name,
        format_lazy("{what} {clock} {groups}", what=each.definition, clock=CLOCK, groups=GROUPS),
        each.least,
    )
    for each in MEANINGS.values()
)
GROUPED: Sequence[Entry] = (*QUALITIES, *MEASURES.values(), *COMPARED)
