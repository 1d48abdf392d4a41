"""Figures in templates."""

from django import template

from mentoring.reports.queries.figures import Figure
from mentoring.reports.showing.words import in_words, of_how_many

register = template.Library()


@register.filter
def shown(figure: Figure) -> str:
    """The number with its unit."""
    return in_words(figure)


@register.filter
def total(figure: Figure) -> str:
    """What a share or a mean is of."""
    return of_how_many(figure)
