"""The part of the metric dictionary that is told of groups only, from so many people on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from mentoring.reports.careers.measures import MEANINGS
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


GROUPED: Sequence[Entry] = (*QUALITIES, *MEASURES.values(), *MEANINGS.values())
