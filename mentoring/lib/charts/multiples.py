"""Many small lines on one scale, to see which one is different."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _

from mentoring.lib.charts.base import Chart, ChartTable
from mentoring.lib.charts.figures import NOTHING, NUMBER, Figure, Unit, number, numbers, reasons
from mentoring.lib.charts.months import (
    Frame,
    Series,
    Track,
    check_lengths,
    month_name,
    months_table,
    short_summary,
    summary,
    track,
)
from mentoring.lib.charts.palette import PAPER, Palette
from mentoring.lib.charts.scales import Scale, scale

HEIGHT = 84.0
FRAME = Frame(top=6.0, bottom=80.0)


@dataclass(frozen=True, slots=True)
class Panel:
    """One small picture. The value is the last one that there is."""

    name: str
    value: str
    tip: str
    track: Track


@dataclass(frozen=True, slots=True)
class MultiplesDrawing:
    """Everything the template places."""

    height: float
    baseline: float
    panels: tuple[Panel, ...]
    span: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiples(Chart):
    """A small line for each series, all with the same months and the same scale."""

    kind: ClassVar[str] = "multiples"

    months: Sequence[date]
    series: Sequence[Series]
    unit: Unit = NUMBER
    partial: bool = False

    def __post_init__(self) -> None:
        Chart.__post_init__(self)
        check_lengths(self.months, self.series)

    @property
    def drawing(self) -> MultiplesDrawing:
        axis = self._axis()
        return MultiplesDrawing(
            height=HEIGHT,
            baseline=FRAME.y(0.0, axis),
            panels=tuple(self._panel(each, axis) for each in self.series),
            span=self._span(axis),
        )

    @property
    def description(self) -> str:
        lasts = [
            (last, str(each.name)) for each in self.series if (last := _last(each)) is not None
        ]
        if not lasts:
            return _("There are no figures yet.")
        low, high = min(lasts), max(lasts)
        return _("Last value: lowest %(low)s (%(low_name)s), highest %(high)s (%(high_name)s).") % {
            "low": self.unit.text(low[0]),
            "low_name": low[1],
            "high": self.unit.text(high[0]),
            "high_name": high[1],
        }

    @property
    def table(self) -> ChartTable:
        return months_table(self.months, self.series, self.unit)

    @property
    def notes(self) -> tuple[str, ...]:
        dashed = self.partial and any(
            number(each.values[-1]) is not None for each in self.series if each.values
        )
        unfinished = (_("Dashed: this month is not over yet."),) if dashed else ()
        return (*unfinished, *reasons(self._figures()))

    def _figures(self) -> list[Figure]:
        return [figure for each in self.series for figure in each.values]

    def _axis(self) -> Scale:
        return scale(numbers(self._figures()), smallest=self.unit.smallest_step)

    def _panel(self, series: Series, axis: Scale) -> Panel:
        last = _last(series)
        return Panel(
            name=str(series.name),
            value=NOTHING if last is None else (series.unit or self.unit).text(last),
            tip=f"{series.name}: {summary(self.months, series, self.unit)}",
            track=track(series.values, axis, FRAME, partial=self.partial),
        )

    def _span(self, axis: Scale) -> str:
        if not self.months:
            return ""
        return _("%(first)s to %(last)s, all on one scale from %(low)s to %(high)s") % {
            "first": month_name(self.months[0]),
            "last": month_name(self.months[-1]),
            "low": self.unit.text(axis.low),
            "high": self.unit.text(axis.high),
        }


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A line as high as a word, beside the number that it leads to."""

    name: str
    values: Sequence[Figure]
    unit: Unit = NUMBER
    ink: ClassVar[Palette] = PAPER

    @property
    def track(self) -> Track:
        shown = numbers(self.values)
        return track(self.values, scale(shown), Frame(top=4.0, bottom=24.0))

    @property
    def label(self) -> str:
        return short_summary(Series(self.name, self.values), self.unit)


def _last(series: Series) -> float | None:
    shown = numbers(series.values)
    return shown[-1] if shown else None
