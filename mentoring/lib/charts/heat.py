"""A rhythm: cohorts down, months across, darker where more was kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _

from mentoring.lib.charts.base import Chart, ChartTable
from mentoring.lib.charts.figures import (
    PERCENT,
    Figure,
    Withheld,
    number,
    reasons,
    told_why,
)
from mentoring.lib.charts.labels import TIERS, MonthLabel, middle, month_labels
from mentoring.lib.charts.months import Series, check_lengths, month_name, months_table
from mentoring.lib.charts.palette import PAPER
from mentoring.lib.charts.scales import ALL, tidy

LEVELS = 5
HEIGHT = 34.0
# Of a column, on either side of its cell.
INSET = 0.04
# How many cells of a tier's least width have room for “100”.
MOST_WITH_NUMBERS = {"xs": 8, "s": 12, "m": 15, "l": 26}


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a row. A column of ``fill`` stands in it where its number has no room."""

    x: float
    center: float
    level: int
    text: str
    tip: str
    fill_y: float
    fill_height: float
    is_withheld: bool

    @property
    def is_empty(self) -> bool:
        return not self.level and not self.is_withheld

    @property
    def paper(self) -> str:
        return PAPER.heat[self.level - 1]

    @property
    def paper_ink(self) -> str:
        return PAPER.heat_ink[self.level - 1]


@dataclass(frozen=True, slots=True)
class HeatLine:
    """A row as drawn."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A step of the scale, for the key below."""

    level: int
    text: str

    @property
    def paper(self) -> str:
        return PAPER.heat[self.level - 1]


@dataclass(frozen=True, slots=True)
class HeatDrawing:
    """Everything the template places."""

    height: float
    cell_width: float
    months: tuple[MonthLabel, ...]
    rows: tuple[HeatLine, ...]
    levels: tuple[Level, ...]
    number_tiers: tuple[str, ...]
    has_empty: bool
    has_withheld: bool

    @property
    def number_classes(self) -> str:
        return " ".join(f"at-{tier}" for tier in self.number_tiers)

    @property
    def column_tiers(self) -> tuple[str, ...]:
        """Where numbers have no room: columns as high as the share stand in their place."""
        return tuple(tier for tier in TIERS if tier not in self.number_tiers)

    @property
    def column_classes(self) -> str:
        return " ".join(f"at-{tier}" for tier in self.column_tiers)

    @property
    def has_numbers_on_paper(self) -> bool:
        return "m" in self.number_tiers


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap(Chart):
    """Shares between 0 and 1, in five steps. More than the whole is as dark as the whole."""

    kind: ClassVar[str] = "heat"

    months: Sequence[date]
    rows: Sequence[Series]

    def __post_init__(self) -> None:
        Chart.__post_init__(self)
        check_lengths(self.months, self.rows)

    @property
    def drawing(self) -> HeatDrawing:
        count = len(self.months)
        months = [month_name(each) for each in self.months]
        lines = tuple(HeatLine(str(row.name), self._cells(row, months)) for row in self.rows)
        cells = [cell for line in lines for cell in line.cells]
        return HeatDrawing(
            height=HEIGHT,
            cell_width=tidy(ALL * (1 - 2 * INSET) / count) if count else 0.0,
            months=month_labels(self.months),
            rows=lines,
            levels=levels(),
            number_tiers=tuple(tier for tier, most in MOST_WITH_NUMBERS.items() if count <= most),
            has_empty=any(cell.is_empty for cell in cells),
            has_withheld=any(cell.is_withheld for cell in cells),
        )

    @property
    def description(self) -> str:
        shown = [
            (value, str(row.name), self.months[at])
            for row in self.rows
            for at, figure in enumerate(row.values)
            if (value := number(figure)) is not None
        ]
        if not shown:
            return _("There are no figures yet.")
        low, high = min(shown), max(shown)
        return _(
            "Lowest: %(low)s (%(low_name)s, %(low_month)s). "
            "Highest: %(high)s (%(high_name)s, %(high_month)s)."
        ) % {
            "low": PERCENT.text(low[0]),
            "low_name": low[1],
            "low_month": month_name(low[2]),
            "high": PERCENT.text(high[0]),
            "high_name": high[1],
            "high_month": month_name(high[2]),
        }

    @property
    def table(self) -> ChartTable:
        return months_table(self.months, self.rows, PERCENT)

    @property
    def notes(self) -> tuple[str, ...]:
        return reasons(figure for row in self.rows for figure in row.values)

    def _cells(self, row: Series, months: Sequence[str]) -> tuple[Cell, ...]:
        return tuple(
            self._cell(f"{row.name}, {months[at]}", at, figure)
            for at, figure in enumerate(row.values)
        )

    def _cell(self, name: str, at: int, figure: Figure) -> Cell:
        value = number(figure)
        count = len(self.months)
        share = min(1.0, max(0.0, value or 0.0))
        tall = tidy(max(3.0, share * HEIGHT))
        return Cell(
            x=tidy(ALL * (at + INSET) / count),
            center=middle(at, count),
            level=0 if value is None else level_of(value),
            text="" if value is None else f"{round(100 * value)}",
            tip=f"{name}: {told_why(figure, PERCENT)}",
            fill_y=tidy(HEIGHT - tall),
            fill_height=tall,
            is_withheld=isinstance(figure, Withheld),
        )


def level_of(share: float) -> int:
    """From 1 (below 20 %) to 5 (80 % and more), as the share is told: rounded."""
    return min(LEVELS, max(1, 1 + int(round(100 * share) * LEVELS // 100)))


def levels() -> tuple[Level, ...]:
    """The steps of the scale in words."""
    width = 100 // LEVELS
    return tuple(
        Level(
            at + 1,
            _("%(low)s–%(high)s%%")
            % {"low": at * width, "high": 100 if at + 1 == LEVELS else (at + 1) * width - 1},
        )
        for at in range(LEVELS)
    )
