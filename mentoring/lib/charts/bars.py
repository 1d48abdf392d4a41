"""Bars that lie, to compare cohorts or groups; to the left of zero where something shrank."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from mentoring.lib.charts.base import Chart, ChartTable, TableRow
from mentoring.lib.charts.figures import (
    NUMBER,
    Figure,
    Unit,
    Withheld,
    counted,
    number,
    numbers,
    reasons,
    told,
    told_why,
)
from mentoring.lib.charts.palette import on_paper, tone
from mentoring.lib.charts.scales import ALL, Scale, scale, tidy

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

MOST = 4
# A stub of fixed length has to end inside the plot, where all values are below zero, too.
MOST_LEFT = 60.0


@dataclass(frozen=True, slots=True)
class BarRow:
    """A cohort or group, its value for each series, and how many people or pairs these are of.

    ``n`` is one number, or one for each series.
    """

    name: "Text"
    values: Sequence[Figure]
    n: int | Sequence[int | None] | None = None

    @property
    def counts(self) -> tuple[int | None, ...]:
        """One for each value."""
        if self.n is None or isinstance(self.n, int):
            return (self.n,) * len(self.values)
        return tuple(self.n)


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar, in hundredths of the width."""

    tone: str
    paper: str
    series: str
    x: float
    width: float
    value: str
    n: str
    tip: str
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    """The bars of one row."""

    name: str
    n: str
    bars: tuple[DrawnBar, ...]


@dataclass(frozen=True, slots=True)
class BarsDrawing:
    """Everything the template places."""

    zero: float
    stub_x: float
    is_grouped: bool
    groups: tuple[DrawnGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Chart):
    """A bar for each row, or one for each row and series."""

    kind: ClassVar[str] = "bars"

    rows: Sequence[BarRow]
    series: Sequence["Text"] = ("",)
    unit: Unit = NUMBER

    def __post_init__(self) -> None:
        Chart.__post_init__(self)
        if not 1 <= len(self.series) <= MOST:
            raise ValueError(f"From one to {MOST} series can be told apart: {len(self.series)}")
        for row in self.rows:
            if {len(row.values), len(row.counts)} != {len(self.series)}:
                raise ValueError(f"Not a value for each of {len(self.series)} series: {row.name}")

    @property
    def drawing(self) -> BarsDrawing:
        axis = self._axis()
        return BarsDrawing(
            zero=axis.percent(0.0),
            stub_x=min(axis.percent(0.0), MOST_LEFT),
            is_grouped=self._is_grouped,
            groups=tuple(self._group(row, axis) for row in self.rows),
        )

    @property
    def description(self) -> str:
        shown = [
            (value, self._name(row, at))
            for row in self.rows
            for at, figure in enumerate(row.values)
            if (value := number(figure)) is not None
        ]
        if not shown:
            return _("There are no figures yet.")
        low, high = min(shown), max(shown)
        words = {
            "low": self.unit.text(low[0]),
            "low_name": low[1],
            "high": self.unit.text(high[0]),
            "high_name": high[1],
        }
        if low[0] == high[0]:
            return _("%(high)s everywhere.") % words
        return _("Lowest: %(low_name)s (%(low)s). Highest: %(high_name)s (%(high)s).") % words

    @property
    def table(self) -> ChartTable:
        head = [_("Group")]
        for each in self.series:
            head += [str(each) or str(self.title), _("n")] if self._has_n else [str(each)]
        return ChartTable(
            head=tuple(text or str(self.title) for text in head),
            rows=tuple(TableRow(str(row.name), self._cells(row)) for row in self.rows),
        )

    @property
    def notes(self) -> tuple[str, ...]:
        return reasons(self._figures())

    @property
    def _is_grouped(self) -> bool:
        return len(self.series) > 1

    @property
    def _has_n(self) -> bool:
        return any(count is not None for row in self.rows for count in row.counts)

    def _figures(self) -> list[Figure]:
        return [figure for row in self.rows for figure in row.values]

    def _axis(self) -> Scale:
        values = [*numbers(self._figures()), 0.0]
        low, high = min(values), max(values)
        if self.unit.is_share and 0 <= low <= high <= 1:
            return Scale(0.0, 1.0, (0.0, 1.0))
        return scale([]) if low == high else Scale(low, high, (low, high))

    def _cells(self, row: BarRow) -> tuple[str, ...]:
        cells: list[str] = []
        for figure, count in zip(row.values, row.counts, strict=True):
            cells.append(told(figure, self.unit))
            if self._has_n:
                cells.append(told(count, NUMBER))
        return tuple(cells)

    def _name(self, row: BarRow, at: int) -> str:
        return f"{row.name}, {self.series[at]}" if self._is_grouped else str(row.name)

    def _group(self, row: BarRow, axis: Scale) -> DrawnGroup:
        shared = row.n if isinstance(row.n, int) else None
        bars = tuple(self._bar(row, at, axis) for at in range(len(self.series)))
        return DrawnGroup(
            name=str(row.name), n="" if shared is None else counted(shared), bars=bars
        )

    def _bar(self, row: BarRow, at: int, axis: Scale) -> DrawnBar:
        figure, count = row.values[at], row.counts[at]
        value = number(figure)
        start, end = sorted((axis.percent(0.0), axis.percent(value or 0.0)))
        n = "" if count is None else counted(count)
        tip = f"{self._name(row, at)}: {told_why(figure, self.unit)}"
        return DrawnBar(
            tone=tone(at, len(self.series)),
            paper=on_paper(at),
            series=str(self.series[at]),
            x=start,
            width=tidy(min(end - start, ALL - start)),
            value=told(figure, self.unit),
            n="" if isinstance(row.n, int) else n,
            tip=f"{tip} ({n})" if n else tip,
            is_withheld=isinstance(figure, Withheld),
        )
