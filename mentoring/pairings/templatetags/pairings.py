"""How a partner is shown; ``{% load pairings %}`` first."""

from django import template

from mentoring.pairings.queries.pairs import Card

register = template.Library()


@register.simple_tag
def partner_detail(card: Card) -> str:
    """Job, department and place in one line; the grade only where the program shows grades."""
    member = card.partner.member
    parts = (member.job_title, member.department, member.location, card.grade)
    return " · ".join(str(part) for part in parts if part)
