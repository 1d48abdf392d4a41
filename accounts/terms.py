"""What an organization calls mentors, mentees and programs."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

LENGTH = 40


class Term(models.TextChoices):
    """A word that organizations may replace by their own."""

    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")
    PROGRAM = "program", _("Program")


class Form(StrEnum):
    """One of them, or several."""

    ONE = "one"
    MANY = "many"


type Terms = Mapping[str, Mapping[str, str]]

DEFAULTS: dict[tuple[Term, Form], "Text"] = {
    (Term.MENTOR, Form.ONE): _("mentor"),
    (Term.MENTOR, Form.MANY): _("mentors"),
    (Term.MENTEE, Form.ONE): _("mentee"),
    (Term.MENTEE, Form.MANY): _("mentees"),
    (Term.PROGRAM, Form.ONE): _("program"),
    (Term.PROGRAM, Form.MANY): _("programs"),
}


def words_of(terms: Terms) -> dict[str, str]:
    """All words in the language in force, as templates of mails know them: ``mentor_one``."""
    return {f"{term}_{form}": word_for(terms, term, form) for term in Term for form in Form}


def word_for(terms: Terms, term: Term, form: Form = Form.ONE) -> str:
    """The organization's own word, else the product's in the reader's language.

    The product's words are written as in the middle of a sentence.
    """
    return terms.get(term, {}).get(form) or str(DEFAULTS[term, form])
