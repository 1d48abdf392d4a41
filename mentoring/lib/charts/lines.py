"""Up to four lines over months, with their last values beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _

from mentoring.lib.charts.base import Chart, ChartTable
from mentoring.lib.charts.figures import (
    NOTHING,
    NUMBER,
    Figure,
    Unit,
    number,
    numbers,
    reasons,
    told_why,
)
from mentoring.lib.charts.labels import MonthLabel, cut, month_labels, spread, width
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
from mentoring.lib.charts.palette import on_paper, tone
from mentoring.lib.charts.scales import ALL, Scale, places_of, scale, tidy

MOST = 4
HEIGHT = 250.0
FRAME = Frame(top=14.0, bottom=204.0)
LABEL_GAP = 38.0
LABEL_ROOM = 132.0
BEFORE_LABEL = 18.0
VALUE_SIZE = 16


@dataclass(frozen=True, slots=True)
class AxisTick:
    """A round number at the side and its line across the plot."""

    y: float
    text: str
    is_zero: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A series as drawn, with its label at the end."""

    tone: str
    paper: str
    shape: int
    name: str
    short_name: str
    value: str
    track: Track
    label_y: float


@dataclass(frozen=True, slots=True)
class Slot:
    """A month's column, which says its values when pointed at."""

    x: float
    width: float
    tip: str


@dataclass(frozen=True, slots=True)
class LinesDrawing:
    """Everything the template places."""

    height: float
    plot_top: float
    plot_bottom: float
    months_y: int
    axis_width: float
    label_width: float
    ticks: tuple[AxisTick, ...]
    months: tuple[MonthLabel, ...]
    lines: tuple[Line, ...]
    slots: tuple[Slot, ...]
    has_legend: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Chart):
    """Lines over months. With ``partial`` the last month is not over and drawn dashed."""

    kind: ClassVar[str] = "lines"

    months: Sequence[date]
    series: Sequence[Series]
    unit: Unit = NUMBER
    partial: bool = False
    area: bool = False

    def __post_init__(self) -> None:
        Chart.__post_init__(self)
        check_lengths(self.months, self.series)
        if not 1 <= len(self.series) <= MOST:
            raise ValueError(f"From one to {MOST} series can be told apart: {len(self.series)}")

    @property
    def drawing(self) -> LinesDrawing:
        axis = self._axis()
        lines = self._lines(axis)
        texts = [self._tick(value, axis) for value in axis.ticks]
        return LinesDrawing(
            height=HEIGHT,
            plot_top=FRAME.top,
            plot_bottom=FRAME.bottom,
            months_y=round(FRAME.bottom) + 20,
            axis_width=tidy(max(map(width, texts)) + 10),
            label_width=tidy(BEFORE_LABEL + _label_room(lines)),
            ticks=tuple(
                AxisTick(FRAME.y(value, axis), text, value == 0)
                for value, text in zip(axis.ticks, texts, strict=True)
            ),
            months=month_labels(self.months),
            lines=lines,
            slots=self._slots(),
            has_legend=len(self.series) > 1,
        )

    @property
    def description(self) -> str:
        if len(self.series) == 1:
            return summary(self.months, self.series[0], self.unit)
        return "; ".join(short_summary(each, self.unit) for each in self.series) + "."

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

    @property
    def has_area(self) -> bool:
        """Areas would hide each other."""
        return self.area and len(self.series) == 1

    def _figures(self) -> list[Figure]:
        return [figure for each in self.series for figure in each.values]

    def _axis(self) -> Scale:
        return scale(numbers(self._figures()), smallest=self.unit.smallest_step)

    def _tick(self, value: float, axis: Scale) -> str:
        step = (axis.ticks[1] - axis.ticks[0]) * (ALL if self.unit.is_share else 1)
        return self.unit.text(value, places_of(step))

    def _lines(self, axis: Scale) -> tuple[Line, ...]:
        tracks = [track(each.values, axis, FRAME, partial=self.partial) for each in self.series]
        wanted = [each.last.y if each.last else FRAME.bottom for each in tracks]
        places = spread(wanted, gap=LABEL_GAP, low=FRAME.top, high=FRAME.bottom - 10)
        room = LABEL_ROOM - BEFORE_LABEL
        return tuple(
            Line(
                tone=tone(at, len(self.series)),
                paper=on_paper(at),
                shape=at + 1,
                name=str(each.name),
                short_name=cut(str(each.name), room),
                value=_last(each, self.unit),
                track=tracks[at],
                label_y=places[at],
            )
            for at, each in enumerate(self.series)
        )

    def _slots(self) -> tuple[Slot, ...]:
        count = len(self.months)
        return tuple(
            Slot(tidy(ALL * at / count), tidy(ALL / count), self._tip(at)) for at in range(count)
        )

    def _tip(self, at: int) -> str:
        lines = [
            f"{each.name}: {told_why(each.values[at], each.unit or self.unit)}"
            for each in self.series
        ]
        return "\n".join([month_name(self.months[at]), *lines])


def _last(series: Series, unit: Unit) -> str:
    shown = numbers(series.values)
    return (series.unit or unit).text(shown[-1]) if shown else NOTHING


def _label_room(lines: Sequence[Line]) -> float:
    widths = [max(width(each.short_name), width(each.value, VALUE_SIZE)) for each in lines]
    return min(LABEL_ROOM - BEFORE_LABEL, max(widths)) + 4
