"""Figures in templates."""

from typing import TYPE_CHECKING

from django import template

from mentoring.reports.metrics import Metric
from mentoring.reports.metrics.words import DIRECTIONS, UNITS
from mentoring.reports.queries.figures import Figure
from mentoring.reports.showing.words import in_words, of_how_many

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

register = template.Library()


@register.filter
def shown(figure: Figure) -> str:
    """The number with its unit."""
    return in_words(figure)


@register.filter
def unit(metric: Metric) -> "Text":
    """What the number is counted in."""
    return UNITS[metric.unit]


@register.filter
def direction(metric: Metric) -> "Text":
    """Which way is good."""
    return DIRECTIONS[metric.direction]


@register.filter
def total(figure: Figure) -> str:
    """What a share or a mean is of."""
    return of_how_many(figure)
