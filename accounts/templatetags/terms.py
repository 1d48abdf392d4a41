"""``{% term "mentor" %}`` in templates; ``{% load terms %}`` first."""

from typing import Any

from django import template
from django.template import Context
from django.template.defaultfilters import capfirst

from accounts.terms import Form, Term, word_for

register = template.Library()


@register.simple_tag(takes_context=True)
def term(context: Context, name: str, form: str = "one", *, capital: bool = False) -> Any:
    """The organization's word for a mentor, mentee or program.

    ``{% term "mentee" "many" capital=True %}`` is several of them at the start of a sentence.
    An unknown name or form is an error of the template and raises ValueError.
    """
    organization = getattr(context.get("request"), "organization", None)
    own = organization.terms if organization else {}
    found = word_for(own, Term(name), Form(form))
    return capfirst(found) if capital else found
