"""Marks of which a chart has hundreds, as markup: templates take ten times as long for them.

Numbers are written as they are in any language. Whatever a person may have typed is escaped.
"""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from mentoring.lib.charts.base import ChartTable
from mentoring.lib.charts.palette import PAPER

if TYPE_CHECKING:
    from mentoring.lib.charts.heat import Cell, HeatDrawing
    from mentoring.lib.charts.labels import MonthLabel
    from mentoring.lib.charts.lines import Slot
    from mentoring.lib.charts.months import Point, Track

# The ends of lines; their shape tells series apart where color does not.
SHAPES = {
    1: '<circle{paint} cx="0" cy="0" r="5" />',
    2: '<rect{paint} x="-4.5" y="-4.5" width="9" height="9" />',
    3: '<polygon{paint} points="0,-6 5.5,4.5 -5.5,4.5" />',
    4: '<polygon{paint} points="0,-6 6,0 0,6 -6,0" />',
}
NOT_ON_PAPER = ' display="none"'


def safe(pieces: Iterable[str]) -> SafeString:
    """In one piece. Everything in it is ours, or was escaped."""
    return SafeString("".join(pieces))


def table_rows(table: ChartTable) -> SafeString:
    return safe(
        f'<tr><th scope="row">{escape(row.name)}</th>'
        f"{''.join([f'<td>{escape(cell)}</td>' for cell in row.cells])}</tr>"
        for row in table.rows
    )


def line_end(x: str, y: float | str, shape: int, tone: str, paper: str) -> SafeString:
    """The end of a line, at a place across that may be in hundredths."""
    drawn = SHAPES[shape].format(paint=f' class="chart-fill-{tone}" fill="{paper}"')
    return SafeString(
        f'<svg x="{x}" y="{y}" width="1" height="1" overflow="visible" class="chart-mark">'
        f"{drawn}</svg>"
    )


def track_marks(
    track: "Track", tone: str, paper: str, shape: int, thickness: float = 2.5
) -> SafeString:
    """A line with its lonely dots and its end."""
    line = (
        f'<line class="chart-line-{tone}" stroke="{paper}" stroke-width="{thickness}"'
        ' stroke-linecap="round"'
    )
    dashed = f'{line} stroke-dasharray="1 6"'
    pieces = [
        f"{dashed if each.is_dashed else line}{_ends(each.start, each.end)} />"
        for each in track.segments
    ]
    pieces += [
        f'<circle class="chart-fill-{tone}" fill="{paper}" cx="{dot.x}%" cy="{dot.y}" r="2.5" />'
        for dot in track.dots
    ]
    if track.last:
        pieces.append(line_end(f"{track.last.x}%", track.last.y, shape, tone, paper))
    return safe(pieces)


def month_marks(labels: Iterable["MonthLabel"], y: float) -> SafeString:
    """The names of months below a plot, and their years."""
    return safe(_month(label, y) for label in labels)


def slot_marks(slots: Iterable["Slot"], height: float) -> SafeString:
    """Columns that say their values when pointed at."""
    return safe(
        f'<rect class="chart-slot" fill="none" pointer-events="all" x="{slot.x}%" y="0"'
        f' width="{slot.width}%" height="{height}"><title>{escape(slot.tip)}</title></rect>'
        for slot in slots
    )


def cell_marks(cells: Iterable["Cell"], drawing: "HeatDrawing", hatch: str) -> SafeString:
    """The months of a row. ``hatch`` is the id of the pattern of what is withheld."""
    return safe(
        f"<g><title>{escape(cell.tip)}</title>{_cell(cell, drawing, hatch)}</g>" for cell in cells
    )


def _ends(start: "Point", end: "Point") -> str:
    return f' x1="{start.x}%" y1="{start.y}" x2="{end.x}%" y2="{end.y}"'


def _month(label: "MonthLabel", y: float) -> str:
    common = f'fill="{PAPER.soft}" text-anchor="middle" x="{label.x}%" y="{y}"'
    hidden = "" if label.is_on_paper else NOT_ON_PAPER
    month = (
        f'<text class="chart-soft chart-at {label.classes}" {common}{hidden}>'
        f"{escape(label.month)}</text>"
    )
    if not label.year_tiers:
        return month
    hidden = "" if label.has_year_on_paper else NOT_ON_PAPER
    return (
        f'{month}<text class="chart-soft chart-at {label.year_classes}" {common} dy="17"{hidden}>'
        f"{escape(label.year)}</text>"
    )


def _cell(cell: "Cell", drawing: "HeatDrawing", hatch: str) -> str:
    across = f'x="{cell.x}%"'
    wide = f'width="{drawing.cell_width}%"'
    framed = f'{across} y="0.5" {wide} height="{int(drawing.height) - 1}" rx="3" />'
    if cell.is_withheld:
        return f'<rect class="chart-hatched" fill="url(#{hatch})" stroke="{PAPER.soft}" {framed}'
    if cell.is_empty:
        return (
            '<rect class="chart-empty" fill="none" pointer-events="all"'
            f' stroke="{PAPER.soft}" stroke-width="0.75" stroke-dasharray="2 3" {framed}'
        )
    number = "" if drawing.has_numbers_on_paper else NOT_ON_PAPER
    column = NOT_ON_PAPER if drawing.has_numbers_on_paper else ""
    at_numbers, at_columns = drawing.number_classes, drawing.column_classes
    shown = (
        f'<rect class="chart-heat-{cell.level} chart-at {at_numbers}" fill="{cell.paper}"{number}'
        f' {across} y="0" {wide} height="{drawing.height}" rx="3" />'
        f'<text class="chart-heat-ink-{cell.level} chart-at {at_numbers}"'
        f' fill="{cell.paper_ink}"{number} text-anchor="middle" x="{cell.center}%" y="50%"'
        f' dy="4.5">{escape(cell.text)}</text>'
    )
    if not drawing.column_tiers:
        return shown
    return (
        f'{shown}<rect class="chart-heat-{cell.level} chart-at {at_columns}"'
        f' fill="{cell.paper}"{column} {across} y="{cell.fill_y}" {wide}'
        f' height="{cell.fill_height}" rx="1.5" />'
    )
