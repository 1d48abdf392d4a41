"""Every chart, whatever its figures: inside its frame, no broken number, names never markup."""

import math
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.gallery.charts import months, samples
from mentoring.lib.charts import (
    BarRow,
    Bars,
    Chart,
    Estimate,
    Funnel,
    HeatMap,
    IntervalRow,
    Intervals,
    Lines,
    Multiples,
    Ring,
    Series,
    Sparkline,
    Step,
    Withheld,
)
from tests.lib.charts.givens import NASTY, charts, figures, names
from tests.lib.test_components import render

SIDES = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "r", "points"}
PAINT = re.compile(r"none|#[0-9a-f]{6}|url\(#x-hatch-\w+\)")
NUMBER = re.compile(r"-?\d+(\.\d+)?%?")
# Letters may hang over the edge; shapes may by half their stroke or radius.
SLACK = 0.1


class Pictures(HTMLParser):
    """The attributes of everything inside SVG, with the height of the picture it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[float] = []
        self.found: list[tuple[str, dict[str, str], float]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        if self.open:
            self.found.append((tag, given, self.open[0]))
        if tag == "svg":
            self.open.append(float(given["height"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self.open.pop()


def drawn(chart: Chart, language: str = "en") -> tuple[str, Pictures]:
    with translation.override(language):
        html = render_to_string(chart.template, {"chart": chart})
    pictures = Pictures()
    pictures.feed(html)
    assert pictures.open == []
    return html, pictures


def places(attributes: dict[str, str]) -> dict[str, float]:
    """The hundredths of the width that the attributes name."""
    return {
        name: float(value[:-1])
        for name, value in attributes.items()
        if name in SIDES and value.endswith("%")
    }


@settings(deadline=None, max_examples=150)
@given(charts, st.sampled_from(["en", "de"]))
def test_everything_lies_inside_the_picture(chart: Chart, language: str) -> None:
    look_at(chart, language)


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_in_the_gallery_lies_inside_its_picture(language: str) -> None:
    given = samples()
    for chart in (*given.values(), *given["hard"]):
        if isinstance(chart, Chart):
            look_at(chart, language)


def look_at(chart: Chart, language: str) -> None:
    """No place is outside, and none is told in the digits of a language."""
    for tag, attributes, height in drawn(chart, language)[1].found:
        numbers = [
            number
            for name, value in attributes.items()
            if name in SIDES
            for number in (re.split(r"[ ,]", value) if name == "points" else [value])
        ]
        assert [number for number in numbers if not NUMBER.fullmatch(number)] == []
        across = places(attributes)
        assert all(-SLACK <= place <= 100 + SLACK for place in across.values()), (tag, attributes)
        if tag == "rect" and "width" in across:
            assert across.get("x", 0) + across["width"] <= 100 + SLACK
        down = [float(attributes[name]) for name in ("y1", "y2", "cy") if name in attributes]
        assert all(-SLACK <= place <= height + SLACK for place in down), (tag, attributes)


@settings(deadline=None, max_examples=25)
@given(charts)
def test_nothing_that_people_typed_is_markup(chart: Chart) -> None:
    html, pictures = drawn(chart)
    assert "<script" not in html
    assert pictures.tags <= {
        *("svg", "g", "defs", "pattern", "path", "rect", "circle", "line", "polygon"),
        *("text", "title", "div", "span", "p", "b"),
    }


@settings(deadline=None, max_examples=25)
@given(charts)
def test_each_chart_has_a_sentence_and_a_table_of_the_same_shape(chart: Chart) -> None:
    assert chart.description.endswith(".")
    table = chart.table
    assert {len(row.cells) + 1 for row in table.rows} <= {len(table.head)}
    assert all("nan" not in cell and "inf" not in cell for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_wrapper_names_describes_and_tells_the_numbers(language: str) -> None:
    chart = samples()["funnel"]
    with translation.override(language):
        shown = render('<c-chart :chart="chart">More</c-chart>', chart=chart)
        description = " ".join(chart.description.split())
    assert 'role="img" aria-labelledby="reach-title" aria-describedby="reach-lead"' in shown
    assert f'id="reach-lead">{description}<' in shown
    grouped = "1,240" if language == "en" else "1.240"
    assert f'<th scope="row">Invited</th><td>{grouped}</td>' in shown
    assert "style=" not in shown


CALENDAR = months(2)
ESTIMATE = Estimate(0.5, 0.4, 0.6)
NAMED: list[Chart] = [
    Funnel(key="x", title=NASTY, steps=(Step(NASTY, 3), Step(NASTY, Withheld(NASTY)))),
    Lines(key="x", title=NASTY, months=CALENDAR, series=(Series(NASTY, (1, 2)),)),
    Lines(key="x", title=NASTY, months=CALENDAR, series=(Series(NASTY, (1, 2)),) * 2),
    Bars(key="x", title=NASTY, rows=(BarRow(NASTY, (1,)), BarRow(NASTY, (Withheld(NASTY),)))),
    Bars(key="x", title=NASTY, series=(NASTY, NASTY), rows=(BarRow(NASTY, (1, 2), 3),)),
    HeatMap(key="x", title=NASTY, months=CALENDAR, rows=(Series(NASTY, (1, Withheld(NASTY))),)),
    Multiples(key="x", title=NASTY, months=CALENDAR, series=(Series(NASTY, (1, 2)),)),
    Intervals(key="x", title=NASTY, rows=(IntervalRow(NASTY, ESTIMATE, 3, NASTY),)),
    Intervals(key="x", title=NASTY, rows=(IntervalRow(NASTY, Withheld(NASTY), 3),)),
]


@pytest.mark.parametrize("chart", NAMED)
def test_a_name_is_escaped_wherever_it_stands(chart: Chart) -> None:
    shown = render('<c-chart :chart="chart">Definition</c-chart>', chart=chart)
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") > 3


def test_a_name_is_escaped_beside_a_number() -> None:
    source = '<c-ring :chart="ring" /><c-sparkline :chart="spark" />'
    shown = render(source, ring=Ring(NASTY, 1, 2), spark=Sparkline(NASTY, [1, 2]))
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") == 4


@pytest.mark.parametrize("chart", NAMED)
def test_every_mark_has_a_color_where_no_style_sheet_reaches(chart: Chart) -> None:
    marks = [
        given
        for tag, given, _ in drawn(chart)[1].found
        if tag in {"rect", "circle", "line", "polygon", "path", "text"}
    ]
    paints = [{given.get("fill", "none"), given.get("stroke", "none")} for given in marks]
    without = [
        given
        for given, paint in zip(marks, paints, strict=True)
        if paint == {"none"} and "chart-slot" not in given["class"]
    ]
    assert marks
    assert without == []
    assert {each for paint in paints for each in paint if not PAINT.fullmatch(each)} == set()


def test_a_key_that_would_break_an_id_is_refused() -> None:
    chart = samples()["funnel"]
    for key in ("", "Reach", "a b", '"><', "1"):
        with pytest.raises(ValueError, match="Not a key"):
            replace(chart, key=key)


@given(names, figures, figures)
def test_a_ring_is_never_fuller_than_full(name: str, part: object, whole: object) -> None:
    ring = Ring(name, part, whole)
    assert 0 <= ring.filled <= 2 * math.pi * ring.radius + SLACK
    assert "nan" not in ring.text
