"""Values over months: where they lie, and how they are summed up in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.lib.charts.base import ChartTable, TableRow
from mentoring.lib.charts.figures import Figure, Unit, number, told
from mentoring.lib.charts.labels import middle
from mentoring.lib.charts.scales import Scale, tidy

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, slots=True)
class Series:
    """A name and a value for each month, told in a unit of its own or in that of the chart."""

    name: "Text"
    values: Sequence[Figure]
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A value as drawn: across in hundredths of the width, down in pixels."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight piece of a line; dashed where the month is not over."""

    start: Point
    end: Point
    is_dashed: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot's height between the highest and the lowest place of a value."""

    top: float
    bottom: float

    def y(self, value: float, axis: Scale) -> float:
        return tidy(self.bottom - (self.bottom - self.top) * axis.at(value))


@dataclass(frozen=True, slots=True)
class Track:
    """One series as drawn."""

    segments: tuple[Segment, ...]
    dots: tuple[Point, ...]
    last: Point | None
    is_last_partial: bool
    areas: tuple[str, ...]


def track(values: Sequence[Figure], axis: Scale, frame: Frame, *, partial: bool = False) -> Track:
    """The line through all values, with gaps where one is missing or withheld."""
    points = [_point(at, len(values), value, axis, frame) for at, value in enumerate(values)]
    final = len(values) - 1
    segments = tuple(
        Segment(one, other, is_dashed=partial and at == final)
        for at, (one, other) in enumerate(pairwise(points), start=1)
        if one and other
    )
    lonely = tuple(
        point
        for at, point in enumerate(points)
        if point and not any(points[near] for near in (at - 1, at + 1) if 0 <= near <= final)
    )
    shown = [at for at, point in enumerate(points) if point]
    return Track(
        segments=segments,
        dots=lonely,
        last=points[shown[-1]] if shown else None,
        is_last_partial=partial and bool(shown) and shown[-1] == final,
        areas=_areas(points, frame.y(0.0, axis), partial=partial),
    )


def _point(at: int, count: int, figure: Figure, axis: Scale, frame: Frame) -> Point | None:
    value = number(figure)
    return None if value is None else Point(middle(at, count), frame.y(value, axis))


def _areas(points: Sequence[Point | None], base: float, *, partial: bool) -> tuple[str, ...]:
    """What lies between the line and zero, a polygon for each run of whole months."""
    whole = points[:-1] if partial else points
    return tuple(
        " ".join(f"{x},{y}" for x, y in _outline(run, base)) for run in _runs(whole) if run[1:]
    )


def _outline(run: Sequence[Point], base: float) -> Iterator[tuple[float, float]]:
    yield run[0].x, base
    yield from ((point.x, point.y) for point in run)
    yield run[-1].x, base


def _runs(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    run: list[Point] = []
    for point in [*points, None]:
        if point:
            run.append(point)
        elif run:
            yield run
            run = []


def month_name(month: date) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")


def summary(months: Sequence[date], series: Series, unit: Unit) -> str:
    """The lowest, the highest and the last value, each with its month."""
    shown = [
        (value, at) for at, each in enumerate(series.values) if (value := number(each)) is not None
    ]
    if not shown:
        return _("There are no figures yet.")
    unit = series.unit or unit
    low, high, last = min(shown), max(shown, key=lambda pair: (pair[0], -pair[1])), shown[-1]
    words = {
        name: text
        for label, (value, at) in (("low", low), ("high", high), ("last", last))
        for name, text in (
            (label, unit.text(value)),
            (f"{label}_month", month_name(months[at])),
        )
    }
    if len(shown) == 1:
        return _("%(last)s in %(last_month)s.") % words
    if low[0] == high[0]:
        return _("%(last)s throughout, until %(last_month)s.") % words
    return (
        _(
            "Lowest %(low)s in %(low_month)s, highest %(high)s in %(high_month)s,"
            " last %(last)s in %(last_month)s."
        )
        % words
    )


def short_summary(series: Series, unit: Unit) -> str:
    """The same in a few words, for one of several series."""
    shown = [value for each in series.values if (value := number(each)) is not None]
    if not shown:
        return _("%(name)s: no figures") % {"name": series.name}
    unit = series.unit or unit
    return _("%(name)s: from %(low)s to %(high)s, last %(last)s") % {
        "name": series.name,
        "low": unit.text(min(shown)),
        "high": unit.text(max(shown)),
        "last": unit.text(shown[-1]),
    }


def months_table(months: Sequence[date], series: Sequence[Series], unit: Unit) -> ChartTable:
    """A line for each month, a column for each series."""
    return ChartTable(
        head=(_("Month"), *(str(each.name) for each in series)),
        rows=tuple(
            TableRow(
                month_name(month),
                tuple(told(each.values[at], each.unit or unit) for each in series),
            )
            for at, month in enumerate(months)
        ),
    )


def check_lengths(months: Sequence[date], series: Sequence[Series]) -> None:
    """Raises ValueError unless each series has a value, perhaps a missing one, for each month."""
    wrong = [str(each.name) for each in series if len(each.values) != len(months)]
    if wrong:
        raise ValueError(f"Not one value for each of {len(months)} months: {wrong}")
