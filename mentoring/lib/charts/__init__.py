"""Charts as SVG and HTML, drawn on the server: they print, need no script, and have a table.

Pages build one of these from their figures and show it by ``<c-chart :chart="…">``. Texts flow in
HTML, and marks are SVG placed in hundredths of the width, so letters keep their size on every
screen. Build them where you like: words and numbers are made when the page is, in its language.
"""

from mentoring.lib.charts.bars import BarRow, Bars
from mentoring.lib.charts.base import Chart, ChartTable
from mentoring.lib.charts.figures import HUNDREDTHS, NUMBER, PERCENT, TENTHS, Figure, Unit, Withheld
from mentoring.lib.charts.funnel import Funnel, Step
from mentoring.lib.charts.heat import HeatMap
from mentoring.lib.charts.intervals import Estimate, IntervalRow, Intervals
from mentoring.lib.charts.lines import Lines
from mentoring.lib.charts.months import Series
from mentoring.lib.charts.multiples import Multiples, Sparkline
from mentoring.lib.charts.rings import Ring

__all__ = [
    "HUNDREDTHS",
    "NUMBER",
    "PERCENT",
    "TENTHS",
    "BarRow",
    "Bars",
    "Chart",
    "ChartTable",
    "Estimate",
    "Figure",
    "Funnel",
    "HeatMap",
    "IntervalRow",
    "Intervals",
    "Lines",
    "Multiples",
    "Ring",
    "Series",
    "Sparkline",
    "Step",
    "Unit",
    "Withheld",
]
