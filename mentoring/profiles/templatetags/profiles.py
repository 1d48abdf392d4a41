"""How people are shown to each other; ``{% load profiles %}`` first."""

from collections.abc import Iterable

from django import template

from accounts import languages
from mentoring.profiles.queries.discover import Found

register = template.Library()


@register.simple_tag
def language_names(codes: Iterable[str]) -> str:
    return languages.language_names(codes)


@register.simple_tag
def found_detail(found: Found) -> str:
    """Job, department and place in one line; the grade only where the program shows grades."""
    member = found.member
    parts = (member.job_title, member.department, member.location, found.grade)
    return " · ".join(str(part) for part in parts if part)
