"""What the dashboard shows of one question: headline numbers, charts, and the cohorts compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mentoring.lib.charts import (
    PERCENT,
    Chart,
    Funnel,
    HeatMap,
    Lines,
    Multiples,
    Series,
    Step,
)
from mentoring.reports.metrics import FUNNEL, METRICS, Metric, Topic
from mentoring.reports.queries.asking import Asked
from mentoring.reports.queries.figures import Figure, Figures, History, history_of
from programs.models import Cohort

HEADLINES = (
    "pairs_live",
    "matched_ever",
    "in_rhythm",
    "cadence_kept",
    "month_meetings",
    "hours",
)
COMPARED = (
    "enrolled",
    "pairs_ever",
    "pairs_live",
    "in_rhythm",
    "cadence_kept",
    "meetings",
    "pairs_completed",
    "pairs_closed_early",
)
OVER_TIME = ("pairs_active", "pairs_live", "month_meetings", "month_hours", "in_rhythm")
MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that belong together."""

    title: str
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Compared:
    """One cohort beside the others."""

    cohort: Cohort
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, and the number whose meaning explains it."""

    chart: Chart
    metric: Metric


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All of it, ready for the template."""

    headlines: list[Figure]
    groups: list[Group]
    funnel: Funnel
    over_time: list[Picture]
    by_cohort: list[Picture]
    compared: list[Compared]
    columns: list[Metric]


def dashboard_of(asked: Asked) -> Dashboard:
    """Two queries, three when people are picked, however much there is to add up."""
    history = history_of(asked.scope, asked.months)
    figures = history.total()
    told = history.by_cohort()
    cohorts = [each for each in asked.cohorts if each.pk in told]
    has_several = len(cohorts) > 1
    return Dashboard(
        headlines=[figures[key] for key in HEADLINES],
        groups=_groups(figures),
        funnel=_funnel(figures),
        over_time=_over_time(history),
        by_cohort=_by_cohort(history, cohorts, told) if has_several else [],
        compared=[
            Compared(each, [told[each.pk][key] for key in COMPARED])
            for each in (cohorts if has_several else [])
        ],
        columns=[METRICS[key] for key in COMPARED],
    )


def _groups(figures: Figures) -> list[Group]:
    titles = {
        Topic.PEOPLE: pgettext("numbers", "People"),
        Topic.PAIRS: _("Pairs"),
        Topic.MEETINGS: _("Meetings"),
        Topic.TIME: _("How long it takes"),
        Topic.GOALS: _("Goals and commitments"),
    }
    return [
        Group(title, [each for each in figures.values() if each.metric.topic == topic])
        for topic, title in titles.items()
    ]


def _funnel(figures: Figures) -> Funnel:
    steps = [Step(METRICS[key].name, figures[key].value) for key in FUNNEL]
    return Funnel(key="funnel", title=_("From the invitation to an active pair"), steps=steps)


def _over_time(history: History) -> list[Picture]:
    told = history.over_time(*OVER_TIME)
    is_partial = not history.scope.snapshot.is_month_end

    def lines(key: str, title: str, *names: str, **more: Any) -> Picture:
        series = [
            Series(METRICS[name].name, [figures[name].value for figures in told]) for name in names
        ]
        chart = Lines(key=key, title=title, months=_months(history), series=series, **more)
        return Picture(chart, METRICS[names[0]])

    return [
        lines("pairs-over-time", _("Pairs over time"), "pairs_active", "pairs_live"),
        lines(
            "meetings-over-time",
            _("Meetings noted each month"),
            "month_meetings",
            area=True,
            partial=is_partial,
        ),
        lines("hours-over-time", _("Hours each month"), "month_hours", partial=is_partial),
        lines("rhythm-over-time", _("Pairs in rhythm"), "in_rhythm", unit=PERCENT),
    ]


def _by_cohort(
    history: History, cohorts: Sequence[Cohort], told: Mapping[UUID, Figures]
) -> list[Picture]:
    with_pairs = [each for each in cohorts if told[each.pk]["pairs_ever"].value]
    if not with_pairs:
        return []

    def series(key: str) -> list[Series]:
        return [
            Series(str(each), [history.value_on(day, each.pk, key) for day in history.days])
            for each in with_pairs[:MOST_LINES]
        ]

    heat = HeatMap(
        key="rhythm",
        title=_("Pairs in rhythm, by cohort and month"),
        months=_months(history),
        rows=series("in_rhythm"),
    )
    small = Multiples(
        key="active-by-cohort",
        title=_("Active pairs, cohort by cohort"),
        months=_months(history),
        series=series("pairs_active"),
    )
    return [Picture(heat, METRICS["in_rhythm"]), Picture(small, METRICS["pairs_active"])]


def _months(history: History) -> list[date]:
    return [day.as_of for day in history.days]
