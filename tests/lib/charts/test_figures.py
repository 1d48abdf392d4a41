"""What charts say and where they draw it, number by number."""

from decimal import Decimal

import pytest
from django.utils import translation

from mentoring.gallery.charts import months
from mentoring.lib.charts import (
    NUMBER,
    PERCENT,
    TENTHS,
    BarRow,
    Bars,
    Estimate,
    Figure,
    Funnel,
    HeatMap,
    IntervalRow,
    Intervals,
    Lines,
    Multiples,
    Ring,
    Series,
    Step,
    Unit,
    Withheld,
)
from mentoring.lib.charts.figures import told, told_why
from mentoring.lib.charts.heat import level_of

FEW = Withheld("fewer than five people")
STEPS = (Step("Invited", 200), Step("Enrolled", 50), Step("Ready", FEW), Step("Matched", 20))


@pytest.mark.parametrize(
    ("figure", "unit", "english", "german"),
    [
        (1234.5, TENTHS, "1,234.5", "1.234,5"),
        (Decimal(1_000_000), NUMBER, "1,000,000", "1.000.000"),
        (-0.3, TENTHS, "−0.3", "−0,3"),
        (-0.04, TENTHS, "0.0", "0,0"),
        (0.125, Unit(decimals=1, is_share=True), "12.5%", "12,5"),
        (None, NUMBER, "–", "–"),
        (float("nan"), NUMBER, "–", "–"),
        (float("inf"), PERCENT, "–", "–"),
    ],
)
def test_numbers_are_told_in_the_language(
    figure: Figure, unit: Unit, english: str, german: str
) -> None:
    with translation.override("en"):
        assert told(figure, unit) == english
    with translation.override("de"):
        assert told(figure, unit).rstrip("%\N{NO-BREAK SPACE}") == german


def test_what_is_withheld_says_why() -> None:
    assert (told(FEW, NUMBER), told_why(FEW, NUMBER)) == (
        "Not shown",
        "Not shown: fewer than five people",
    )


def test_a_funnel_draws_lengths_and_tells_shares() -> None:
    funnel = Funnel(key="x", title="Reach", steps=STEPS)
    assert [row.width for row in funnel.drawing] == [100, 25, 0, 10]
    assert [row.onward for row in funnel.drawing] == ["25% go on", "", "", ""]
    assert [row.of_first for row in funnel.drawing] == ["–", "25%", "–", "10%"]
    assert funnel.drawing[0].band == "0,0 100.0,0 25.0,10 0,10"
    assert funnel.description == "From 200 (Invited) to 20 (Matched): 10%."
    assert [row.cells for row in funnel.table.rows] == [
        ("200", "–", "–"),
        ("50", "25%", "25%"),
        ("Not shown", "–", "–"),
        ("20", "–", "10%"),
    ]
    assert funnel.notes == ("Not shown: fewer than five people",)


def test_nothing_that_is_withheld_can_be_reckoned_from_a_funnel() -> None:
    told_shares = [Funnel(key="x", title="", steps=STEPS).drawing[2:]]
    assert [row.shares for rows in told_shares for row in rows] == ["", ""]


def test_a_line_has_gaps_and_a_month_that_is_not_over_is_dashed() -> None:
    values = (10, 20, None, 30, FEW, 20, 40)
    lines = Lines(
        key="x",
        title="Meetings",
        months=months(7, 2026, 1),
        series=(Series("Meetings", values),),
        partial=True,
        area=True,
    )
    drawing = lines.drawing
    [line] = drawing.lines
    assert [tick.text for tick in drawing.ticks] == ["0", "10", "20", "30", "40"]
    assert [(each.start.x, each.end.x, each.is_dashed) for each in line.track.segments] == [
        (7.14, 21.43, False),
        (78.57, 92.86, True),
    ]
    assert [dot.x for dot in line.track.dots] == [50.0]
    assert (line.track.last.y, line.value) == (drawing.plot_top, "40")
    assert line.track.areas == ("7.14,204.0 7.14,156.5 21.43,109.0 21.43,204.0",)
    assert drawing.slots[4].tip == "May 2026\nMeetings: Not shown: fewer than five people"
    assert lines.description == (
        "Lowest 10 in January 2026, highest 40 in July 2026, last 40 in July 2026."
    )
    assert lines.notes == (
        "Dashed: this month is not over yet.",
        "Not shown: fewer than five people",
    )


def test_series_may_have_units_of_their_own() -> None:
    series = (Series("Meetings", (10, 12)), Series("Hours", (7.5, 9.25), TENTHS))
    lines = Lines(key="x", title="", months=months(2, 2026, 1), series=series)
    assert [line.value for line in lines.drawing.lines] == ["12", "9.2"]
    assert lines.table.rows[0].cells == ("10", "7.5")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((None, None), "There are no figures yet."),
        ((None, 3), "3 in October 2025."),
        ((3, 3), "3 throughout, until October 2025."),
        ((0, 0), "0 throughout, until October 2025."),
    ],
)
def test_few_figures_are_said_in_few_words(values: tuple[Figure, ...], said: str) -> None:
    lines = Lines(key="x", title="", months=months(2), series=(Series("Meetings", values),))
    assert lines.description == said


def test_bars_go_left_where_something_shrank() -> None:
    rows = (BarRow("A", (3,), 12), BarRow("B", (-1,), 9), BarRow("C", (FEW,), 4))
    bars = Bars(key="x", title="Growth", rows=rows)
    drawn = [group.bars[0] for group in bars.drawing.groups]
    assert [(bar.x, bar.width) for bar in drawn] == [(25, 75), (0, 25), (25, 0)]
    assert [bar.value for bar in drawn] == ["3", "−1", "Not shown"]
    assert drawn[2].tip == "C: Not shown: fewer than five people (n = 4)"
    assert bars.table.head == ("Group", "Growth", "n")
    assert bars.description == "Lowest: B (−1). Highest: A (3)."


def test_shares_are_compared_with_the_whole() -> None:
    bars = Bars(key="x", title="", rows=(BarRow("A", (0.5,)), BarRow("B", (0.25,))), unit=PERCENT)
    assert [group.bars[0].width for group in bars.drawing.groups] == [50, 25]


@pytest.mark.parametrize(
    ("share", "level"),
    [(0, 1), (0.194, 1), (0.195, 2), (0.2, 2), (0.59, 3), (0.6, 4), (0.8, 5), (1, 5), (1.4, 5)],
)
def test_a_share_has_the_step_that_its_number_says(share: float, level: int) -> None:
    assert level_of(share) == level


def test_nothing_and_not_shown_are_told_apart() -> None:
    heat = HeatMap(key="x", title="", months=months(3), rows=(Series("A", (0.0, None, FEW)),))
    [row] = heat.drawing.rows
    assert [(cell.level, cell.is_empty, cell.is_withheld) for cell in row.cells] == [
        (1, False, False),
        (0, True, False),
        (0, False, True),
    ]
    assert [row.cells for row in heat.table.rows] == [("0%",), ("–",), ("Not shown",)]


def test_small_ones_share_a_scale() -> None:
    series = (Series("A", (10, 20)), Series("B", (1, 5)))
    drawing = Multiples(key="x", title="", months=months(2), series=series).drawing
    assert [panel.track.last.y for panel in drawing.panels] == [6.0, 61.5]
    assert drawing.span == "September 2025 to October 2025, all on one scale from 0 to 20"


def test_an_interval_is_told_with_its_ends_and_never_without() -> None:
    rows = (
        IntervalRow("Participants", Estimate(0.5, 0.25, 0.75), 40, "Retention"),
        IntervalRow("Comparison group", FEW, None, "Retention", is_reference=True),
    )
    chart = Intervals(key="x", title="", rows=rows)
    [measure] = chart.drawing.measures
    first, second = measure.rows
    assert (first.low, first.x, first.width, first.range) == (
        8.33,
        50.0,
        83.34,
        "25% to 75%",
    )
    assert (second.is_shown, second.is_withheld, second.value) == (False, True, "Not shown")
    assert chart.description == "Retention, Participants: 50% (25% to 75%)."


@pytest.mark.parametrize(
    "build",
    [
        lambda: Lines(key="x", title="", months=months(2), series=(Series("A", (1,)),)),
        lambda: Lines(key="x", title="", months=months(1), series=(Series("A", (1,)),) * 5),
        lambda: HeatMap(key="x", title="", months=months(2), rows=(Series("A", ()),)),
        lambda: Bars(key="x", title="", rows=(BarRow("A", (1, 2)),)),
        lambda: Bars(key="x", title="", rows=(BarRow("A", (1,), (1, 2)),)),
        lambda: Intervals(key="x", title="", rows=(IntervalRow("A", Estimate(2, 0, 1)),)),
    ],
)
def test_figures_that_do_not_fit_together_are_refused(build) -> None:
    with pytest.raises(ValueError, match=r"Not|From one"):
        build()


@pytest.mark.parametrize(
    ("part", "whole", "text", "detail"),
    [
        (1, 4, "25%", "1 of 4"),
        (5, 4, "125%", "5 of 4"),
        (0, 0, "–", "0 of 0"),
        (FEW, 4, "–", "Not shown: fewer than five people"),
    ],
)
def test_a_ring_tells_its_share_and_both_numbers(
    part: Figure, whole: Figure, text: str, detail: str
) -> None:
    ring = Ring("Cadence", part, whole)
    assert (ring.text, ring.detail) == (text, detail)
