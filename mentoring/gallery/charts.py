"""Charts in the gallery, with figures that are made up, and those that are hard to draw."""

from datetime import date
from typing import Any

from mentoring.lib.charts import (
    PERCENT,
    TENTHS,
    BarRow,
    Bars,
    Chart,
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
    Sparkline,
    Step,
    Withheld,
)

TOO_FEW = Withheld("fewer than five pairs")
LONG = "Women’s Network & O'Hara's Trainees <Northern Europe> 2026"
COHORTS = ("Spring 2025", "Autumn 2025", "Pilot Rotterdam", "Spring 2026", LONG)
MEETINGS = (12, 18, 26, 31, 29, 38, 44, 41, 23, 36, 47, 52)
HOURS = (9.5, 14, 21, 26.5, 24, 30, 35.5, 33, 18, 29, 38, 41.5)


def months(count: int = 12, year: int = 2025, first: int = 9) -> tuple[date, ...]:
    """Months that follow each other."""
    places = range(first - 1, first - 1 + count)
    return tuple(date(year + at // 12, at % 12 + 1, 1) for at in places)


def samples() -> dict[str, Any]:
    """All charts of the gallery page."""
    return {
        "funnel": funnel(),
        "meetings": meetings(),
        "lines": lines(),
        "bars": bars(),
        "grouped": grouped(),
        "growth": growth(),
        "heat": heat(),
        "long_heat": long_heat(),
        "multiples": multiples(),
        "intervals": intervals(),
        "sparkline": Sparkline("Meetings", MEETINGS),
        "rings": (
            Ring("Cadence kept", 338, 412),
            Ring("Agreements", 61, 64),
            Ring("Mid-point survey", TOO_FEW, 4),
        ),
        "hard": hard(),
    }


def funnel() -> Funnel:
    return Funnel(
        key="reach",
        title="From invitation to a good end",
        steps=(
            Step("Invited", 1240),
            Step("Enrolled", 486),
            Step("Ready", 431),
            Step("Matched", 402),
            Step("Introduced", 377),
            Step("Active", 351),
            Step("Completed", 298),
        ),
    )


def meetings() -> Lines:
    return Lines(
        key="meetings",
        title="Meetings held",
        months=months(),
        series=(Series("Meetings", MEETINGS),),
        area=True,
        partial=True,
    )


def lines() -> Lines:
    pairs: tuple[Figure, ...] = (8, 14, 19, 22, None, 24, 27, 27, 26, 28, 33, 35)
    return Lines(
        key="over-time",
        title="Meetings, hours and active pairs",
        months=months(),
        series=(
            Series("Meetings", MEETINGS),
            Series("Hours", HOURS, TENTHS),
            Series("Active pairs", pairs),
        ),
        partial=True,
    )


def bars() -> Bars:
    values: tuple[Figure, ...] = (0.82, 0.74, TOO_FEW, 0.91, 0.66)
    counts = (64, 58, 4, 71, 23)
    return Bars(
        key="cadence",
        title="Cadence kept, by cohort",
        rows=tuple(
            BarRow(*each) for each in zip(COHORTS, ((v,) for v in values), counts, strict=True)
        ),
        unit=PERCENT,
    )


def grouped() -> Bars:
    return Bars(
        key="response",
        title="Surveys answered, by side",
        series=("Mentors", "Mentees"),
        rows=(
            BarRow("Start", (0.93, 0.81), (64, 62)),
            BarRow("Mid-point", (0.86, 0.64), (60, 57)),
            BarRow("End", (0.79, TOO_FEW), (48, 4)),
        ),
        unit=PERCENT,
    )


def growth() -> Bars:
    return Bars(
        key="growth",
        title="Growth on a scale of five, by family of topics",
        rows=(
            BarRow("Technology", (1.4,), 38),
            BarRow("Industry trends", (0.6,), 22),
            BarRow("Challenges that leaders may not see", (-0.3,), 17),
        ),
        unit=TENTHS,
    )


def heat() -> HeatMap:
    return HeatMap(
        key="rhythm",
        title="Cadence kept, month by month",
        months=months(),
        rows=tuple(Series(name, rhythm(at, 12)) for at, name in enumerate(COHORTS)),
    )


def long_heat() -> HeatMap:
    return HeatMap(
        key="long-rhythm",
        title="Cadence kept over two years",
        months=months(24, 2024),
        rows=tuple(Series(name, rhythm(at, 24)) for at, name in enumerate(COHORTS[:3])),
    )


def rhythm(at: int, count: int) -> tuple[Figure, ...]:
    """Shares that look like those of a cohort."""
    values: list[Figure] = [
        ((at * 17 + month * 29 + month * month * 3) % 101) / 100 for month in range(count)
    ]
    values[: at * 2] = [None] * (at * 2)
    if at == 2:
        values[-2:] = [TOO_FEW, TOO_FEW]
    return tuple(values)


def multiples() -> Multiples:
    return Multiples(
        key="each-cohort",
        title="Meetings, a picture for each cohort",
        months=months(),
        series=tuple(
            Series(
                name, [None] * (at * 2) + [value * (5 - at) // 4 for value in MEETINGS[at * 2 :]]
            )
            for at, name in enumerate(COHORTS)
        ),
        partial=True,
    )


def intervals() -> Intervals:
    return Intervals(
        key="retention",
        title="Still here after twelve months, and promoted",
        rows=(
            IntervalRow("Participants", Estimate(0.94, 0.89, 0.97), 128, "Retention"),
            IntervalRow("Comparison group", Estimate(0.88, 0.84, 0.91), 340, "Retention", True),
            IntervalRow("Participants", Estimate(0.17, 0.11, 0.25), 128, "Promotion"),
            IntervalRow("Comparison group", TOO_FEW, None, "Promotion", True),
        ),
    )


def hard() -> tuple[Chart, ...]:
    """Figures that are large, flat, alone, nothing, or missing."""
    millions = Series(LONG, [400_000 + 20_000 * at for at in range(30)])
    families = ("Technology", "Trends", "Inclusion and resource groups", "Challenges")
    close = [Series(name, [50 + at + by for at in range(18)]) for by, name in enumerate(families)]
    steps = (Step("Invited", 9), Step("Enrolled", TOO_FEW), Step("Matched", 0))
    return (
        Lines(key="millions", title="Millions", months=months(30), series=(millions,)),
        flat("zeros", "All zero", (0,) * 6),
        flat("same", "Always the same", (7,) * 6),
        flat("alone", "A single month", (12,)),
        Lines(key="four", title="Four, close together", months=months(18), series=close),
        flat("none", "Nothing yet", (None,) * 3),
        Funnel(key="hidden", title="A funnel with a step that is not shown", steps=steps),
    )


def flat(key: str, title: str, values: tuple[Figure, ...]) -> Lines:
    series = (Series("Meetings", values),)
    return Lines(key=key, title=title, months=months(len(values)), series=series, area=True)
