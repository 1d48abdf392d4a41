"""What a program can be started from: templates as data, and the texts that come with them.

Texts are stored with the program, in the organization's language and with its own words,
so call `texts_for` inside ``translation.override``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.terms import Form, Term, Terms, word_for
from programs.agreements import default_agreement
from programs.enums import Audience, Cadence, Kind, QuestionKind, Template
from programs.guides import BEFORE_THE_FIRST_MEETING, MENTEES, MENTORS

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A template: what it is in a line, and what it sets. ``has_texts`` is False for Blank."""

    template: Template
    line: "Text"
    icon: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    has_texts: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A preparation item before it belongs to a program."""

    title: str
    text: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Question:
    """A question before it belongs to a form; with a ``key`` it was stored before.

    ``translations`` has ``text`` and ``choices`` by the code of a language, and ``is_old``
    where the text has changed since.
    """

    text: str
    kind: QuestionKind = QuestionKind.RATED
    is_required: bool = True
    choices: tuple[str, ...] = ()
    translations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    key: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that people will read, ready to be stored."""

    agreement: str
    items: tuple[Item, ...]


BLUEPRINTS: dict[Template, Blueprint] = {
    each.template: each
    for each in (
        Blueprint(
            Template.SIX_MONTHS,
            _("One meeting of 45 to 60 minutes each month, for half a year. A good first choice."),
            "calendar",
            {"cadence": Cadence.MONTHLY, "meeting_minutes": 45, "length_months": 6},
        ),
        Blueprint(
            Template.THIRTY_MINUTES,
            _("Half an hour each month for a year. For leaders with very full calendars."),
            "clock",
            {"cadence": Cadence.MONTHLY, "meeting_minutes": 30, "length_months": 12},
        ),
        Blueprint(
            Template.QUARTERLY,
            _("Two hours once a quarter, for a year. Time to go deep, often in person."),
            "compass",
            {
                "cadence": Cadence.QUARTERLY,
                "meeting_minutes": 120,
                "introduction_minutes": 60,
                "length_months": 12,
            },
        ),
        Blueprint(
            Template.BLANK,
            _("Only what cannot be left out. You write agreement and preparation yourself."),
            "pencil",
            has_texts=False,
        ),
    )
}


def texts_for(template: Template, *, kind: Kind, terms: Terms) -> Texts:
    """The texts that a new program starts with, in the language that is active."""
    has_texts = BLUEPRINTS[template].has_texts
    return Texts(
        agreement=default_agreement() if has_texts else "",
        items=_items(kind, terms) if has_texts else (),
    )


def _items(kind: Kind, terms: Terms) -> tuple[Item, ...]:
    words = {
        "mentors": word_for(terms, Term.MENTOR, Form.MANY),
        "mentees": word_for(terms, Term.MENTEE, Form.MANY),
    }
    guide = gettext("A short guide for %(people)s")
    return (
        Item(
            capfirst(guide % {"people": words["mentors"]}),
            _paragraphs(MENTORS[kind]),
            Audience.MENTOR,
        ),
        Item(
            capfirst(guide % {"people": words["mentees"]}),
            _paragraphs(MENTEES[kind]),
            Audience.MENTEE,
        ),
        Item(
            gettext("Before the first meeting"),
            _paragraphs(BEFORE_THE_FIRST_MEETING),
            Audience.BOTH,
        ),
    )


def _paragraphs(texts: "tuple[Text, ...]") -> str:
    return "\n\n".join(map(str, texts))
