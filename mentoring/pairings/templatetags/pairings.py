"""How a partner is shown; ``{% load pairings %}`` first."""

from collections.abc import Iterable

from django import template

from mentoring.pairings.queries.agreements import Standing
from mentoring.pairings.queries.pairs import Card
from mentoring.pairings.sections import Section

register = template.Library()


@register.simple_tag
def partner_detail(card: Card) -> str:
    """Job, department and place in one line; the grade only where the program shows grades."""
    member = card.partner.member
    parts = (member.job_title, member.department, member.location, card.grade)
    return " · ".join(str(part) for part in parts if part)


@register.simple_tag
def agreement_in(sections: Iterable[Section]) -> Standing:
    """Where the pair stands with its agreement, as the page of the pair has found already."""
    found = (each.context["standing"] for each in sections if "standing" in each.context)
    return next(found, Standing())
