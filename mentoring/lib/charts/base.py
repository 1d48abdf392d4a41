"""What every chart has: a name, a sentence, the same numbers as a table, and a template."""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mentoring.lib.charts.palette import PAPER, Palette

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

KEY = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of the table beside a chart."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The numbers of a chart, told as the chart tells them."""

    head: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(ABC):
    """Data that can be drawn; texts and numbers are put into words when the page is.

    The key is the chart's own on its page: ids are made of it.
    """

    key: str
    title: "Text"

    kind: ClassVar[str]
    ink: ClassVar[Palette] = PAPER

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise ValueError(f"Not a key such as reach-2: {self.key!r}")

    @property
    def template(self) -> str:
        return f"charts/{self.kind}.html"

    @property
    @abstractmethod
    def description(self) -> str:
        """What the picture says, in a sentence."""

    @property
    @abstractmethod
    def table(self) -> ChartTable: ...

    @property
    @abstractmethod
    def notes(self) -> tuple[str, ...]:
        """What a reader has to know: why something is not shown, what a dash means."""
