"""Figures, names and months that are hard to draw, for property tests."""

from datetime import date

from hypothesis import strategies as st

from mentoring.gallery.charts import months
from mentoring.lib.charts import (
    PERCENT,
    TENTHS,
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
    Series,
    Step,
    Unit,
    Withheld,
)

NASTY = "</title><script>alert('O\"Hara')</script>"
numbers = st.one_of(
    st.integers(-2_000_000, 2_000_000),
    st.floats(-1e9, 1e9),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from([0, 1, 1_000_000, -0.0, 1e-9]),
)
sound = st.floats(-1e9, 1e9)
withheld = st.builds(Withheld, st.just("too few"))
figures = st.one_of(numbers, st.none(), withheld)
names = st.one_of(st.text(min_size=1, max_size=80), st.just(NASTY), st.just("x" * 60))
units = st.sampled_from([Unit(), TENTHS, PERCENT])
calendars = st.builds(months, st.integers(0, 30), st.integers(2020, 2026), st.integers(1, 12))


def lists_of(count: int) -> st.SearchStrategy[list]:
    return st.lists(figures, min_size=count, max_size=count)


@st.composite
def series_over(draw: st.DrawFn, calendar: tuple[date, ...], most: int = 4) -> list[Series]:
    one = st.builds(Series, names, lists_of(len(calendar)))
    return draw(st.lists(one, min_size=1, max_size=most))


@st.composite
def lines(draw: st.DrawFn) -> Lines:
    calendar = draw(calendars)
    return Lines(
        key="x",
        title=draw(names),
        months=calendar,
        series=draw(series_over(calendar)),
        unit=draw(units),
        partial=draw(st.booleans()),
        area=draw(st.booleans()),
    )


@st.composite
def multiples(draw: st.DrawFn) -> Multiples:
    calendar = draw(calendars)
    series = draw(series_over(calendar, most=7))
    return Multiples(key="x", title=draw(names), months=calendar, series=series, unit=draw(units))


@st.composite
def heat_maps(draw: st.DrawFn) -> HeatMap:
    calendar = draw(calendars)
    return HeatMap(key="x", title=draw(names), months=calendar, rows=draw(series_over(calendar, 7)))


@st.composite
def bars(draw: st.DrawFn) -> Bars:
    series = draw(st.lists(names, min_size=1, max_size=4))
    counts = st.one_of(
        st.none(),
        st.integers(0, 10**6),
        st.lists(st.none() | st.integers(0, 99), min_size=len(series), max_size=len(series)),
    )
    rows = st.lists(st.builds(BarRow, names, lists_of(len(series)), counts), max_size=6)
    return Bars(key="x", title=draw(names), series=series, rows=draw(rows), unit=draw(units))


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    low, value, high = sorted(draw(st.lists(sound, min_size=3, max_size=3)))
    return Estimate(value, low, high)


interval_rows = st.builds(
    IntervalRow,
    names,
    st.one_of(estimates(), withheld, st.none()),
    st.none() | st.integers(0, 10**6),
    st.sampled_from(["", "Retention", NASTY]),
    st.booleans(),
)
intervals = st.builds(
    Intervals, key=st.just("x"), title=names, rows=st.lists(interval_rows, max_size=6), unit=units
)
funnels = st.builds(
    Funnel,
    key=st.just("x"),
    title=names,
    steps=st.lists(st.builds(Step, names, figures), max_size=8),
)
charts: st.SearchStrategy[Chart] = st.one_of(
    lines(), multiples(), heat_maps(), bars(), intervals, funnels
)
