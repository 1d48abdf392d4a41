"""Estimates with their intervals, of two groups beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from mentoring.lib.charts.base import Chart, ChartTable, TableRow
from mentoring.lib.charts.figures import (
    NOTHING,
    NUMBER,
    PERCENT,
    Unit,
    Withheld,
    counted,
    number,
    reasons,
    told,
)
from mentoring.lib.charts.labels import AIR, TIERS, width
from mentoring.lib.charts.scales import ALL, Scale, places_of, scale, tidy

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the interval in which it may as well lie."""

    value: float
    low: float
    high: float

    @property
    def is_sound(self) -> bool:
        """Whether all three are numbers, in order."""
        return (
            None not in (number(self.value), number(self.low), number(self.high))
            and self.low <= self.value <= self.high
        )


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """A group. Rows of the same measure that follow each other stand under one heading.

    A reference is the group that participants are compared with.
    """

    name: "Text"
    estimate: Estimate | Withheld | None
    n: int | None = None
    measure: "Text" = ""
    is_reference: bool = False


@dataclass(frozen=True, slots=True)
class DrawnInterval:
    """A row as drawn, in hundredths of the width."""

    name: str
    n: str
    value: str
    range: str
    tip: str
    x: float
    low: float
    width: float
    is_shown: bool
    is_withheld: bool
    is_reference: bool


@dataclass(frozen=True, slots=True)
class DrawnMeasure:
    """Rows under a heading."""

    name: str
    rows: tuple[DrawnInterval, ...]


@dataclass(frozen=True, slots=True)
class ScaleMark:
    """A round number below, its line, and how its text is aligned to stay inside.

    The two ends are always told, those between where there is room.
    """

    x: float
    text: str
    anchor: str
    is_zero: bool
    tiers: tuple[str, ...]

    @property
    def classes(self) -> str:
        return " ".join(f"at-{tier}" for tier in self.tiers)

    @property
    def is_on_paper(self) -> bool:
        return "m" in self.tiers


@dataclass(frozen=True, slots=True)
class IntervalsDrawing:
    """Everything the template places."""

    marks: tuple[ScaleMark, ...]
    measures: tuple[DrawnMeasure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals(Chart):
    """A dot for each estimate, in its interval. Never a bare percentage."""

    kind: ClassVar[str] = "intervals"

    rows: Sequence[IntervalRow]
    unit: Unit = PERCENT

    def __post_init__(self) -> None:
        Chart.__post_init__(self)
        for row in self.rows:
            if isinstance(row.estimate, Estimate) and not row.estimate.is_sound:
                raise ValueError(f"Not a value inside its interval: {row.name}")

    @property
    def drawing(self) -> IntervalsDrawing:
        axis = self._axis()
        return IntervalsDrawing(
            marks=self._marks(axis),
            measures=tuple(
                DrawnMeasure(name, tuple(self._drawn(row, axis) for row in rows))
                for name, rows in groupby(self.rows, key=lambda row: str(row.measure))
            ),
        )

    @property
    def description(self) -> str:
        told_rows = [
            f"{self._name(row)}: {self._value(row)} ({self._range(row)})"
            for row in self.rows
            if isinstance(row.estimate, Estimate)
        ]
        if not told_rows:
            return _("There are no figures yet.")
        return "; ".join(told_rows) + "."

    @property
    def table(self) -> ChartTable:
        return ChartTable(
            head=(_("Group"), _("Value"), _("Interval"), _("n")),
            rows=tuple(
                TableRow(self._name(row), (self._value(row), self._range(row), told(row.n, NUMBER)))
                for row in self.rows
            ),
        )

    @property
    def notes(self) -> tuple[str, ...]:
        estimates = [row.estimate for row in self.rows]
        withheld = [each for each in estimates if isinstance(each, Withheld)]
        lines = (_("The line shows the range in which the true value plausibly lies."),)
        return (*(lines if len(withheld) < len(estimates) else ()), *reasons(withheld))

    def _axis(self) -> Scale:
        ends = [
            end
            for row in self.rows
            if isinstance(row.estimate, Estimate)
            for end in (row.estimate.low, row.estimate.high)
        ]
        return scale(ends, smallest=self.unit.smallest_step, from_zero=False)

    def _marks(self, axis: Scale) -> tuple[ScaleMark, ...]:
        step = (axis.ticks[1] - axis.ticks[0]) * (ALL if self.unit.is_share else 1)
        anchors = {axis.low: "start", axis.high: "end"}
        texts = [self.unit.text(value, places_of(step)) for value in axis.ticks]
        needed = len(texts) * (max(map(width, texts)) + AIR)
        roomy = tuple(tier for tier, room in TIERS.items() if needed <= room)
        return tuple(
            ScaleMark(
                x=axis.percent(value),
                text=text,
                anchor=anchors.get(value, "middle"),
                is_zero=value == 0,
                tiers=tuple(TIERS) if value in anchors else roomy,
            )
            for value, text in zip(axis.ticks, texts, strict=True)
        )

    def _drawn(self, row: IntervalRow, axis: Scale) -> DrawnInterval:
        estimate = row.estimate if isinstance(row.estimate, Estimate) else None
        n = "" if row.n is None else counted(row.n)
        low = axis.percent(estimate.low) if estimate else 0.0
        high = axis.percent(estimate.high) if estimate else 0.0
        reason = f" – {row.estimate.reason}" if isinstance(row.estimate, Withheld) else ""
        return DrawnInterval(
            name=str(row.name),
            n=n,
            value=self._value(row),
            range=self._range(row) if estimate else "",
            tip=f"{self._name(row)}: {self._value(row)}{reason}"
            + (f" ({self._range(row)}, {n or NOTHING})" if estimate else ""),
            x=axis.percent(estimate.value) if estimate else 0.0,
            low=low,
            width=tidy(high - low),
            is_shown=estimate is not None,
            is_withheld=isinstance(row.estimate, Withheld),
            is_reference=row.is_reference,
        )

    def _name(self, row: IntervalRow) -> str:
        return f"{row.measure}, {row.name}" if str(row.measure) else str(row.name)

    def _value(self, row: IntervalRow) -> str:
        if isinstance(row.estimate, Estimate):
            return self.unit.text(row.estimate.value)
        return told(row.estimate, self.unit)

    def _range(self, row: IntervalRow) -> str:
        if not isinstance(row.estimate, Estimate):
            return NOTHING
        return _("%(low)s to %(high)s") % {
            "low": self.unit.text(row.estimate.low),
            "high": self.unit.text(row.estimate.high),
        }
