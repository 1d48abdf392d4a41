"""The words of a mail that an organization may replace, and the variables in them.

A variable is ``{name}`` and nothing else: no template is run, nothing is looked up in an object.
``{{`` and ``}}`` stand for a brace. Values are put into one line before they get in.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import date as in_format
from django.utils.translation import gettext_lazy as _

from mentoring.outbox.plain import header_text

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

type Values = Mapping[str, Any]
# Variables by what stands between their braces.
type Known = Mapping[str, "Variable"]

LONGEST_SUBJECT, LONGEST_WORDS, LONGEST_BUTTON = 150, 4000, 40
TOKEN = re.compile(r"\{\{|\}\}|\{([^{}\n]{1,60})\}|[{}]")
BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
USUAL = "usual"


class BadText(ValueError):
    """A text that cannot be sent as it is."""


class StrayBrace(BadText):
    """A brace that neither is written twice nor belongs to a variable."""


class UnknownVariable(BadText):
    """The kind of mail has no such variable; ``is_doubled`` when it has braces too many."""

    def __init__(self, name: str, *, is_doubled: bool = False) -> None:
        super().__init__(name)
        self.name = name
        self.is_doubled = is_doubled


class MissingVariable(BadText):
    """The mail is of no use without it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """``{name}``: what it is called for people, and where its value is in a letter's context.

    With a ``form``, such as ``DATE_FORMAT``, the value is a moment or a day. A required one has
    to be among the words, because they are the only place in the mail that says it.
    """

    name: str
    label: "Text"
    key: str
    form: str = ""
    is_required: bool = False

    @property
    def token(self) -> str:
        return f"{{{self.name}}}"

    def value(self, values: Values) -> str:
        """As the reader's language and zone, which are in force, write it."""
        return self._written(values, self.form)

    def writings(self, values: Values) -> list[str]:
        """All ways in which our own words write the value."""
        forms = [self.form, f"SHORT_{self.form}"] if "DATE" in self.form else [self.form]
        return [self._written(values, form) for form in forms]

    def _written(self, values: Values, form: str) -> str:
        found = values[self.key]
        return str(in_format(found, form)) if form else str(found)


def variable(name: str, label: "Text", key: str = "", **more: Any) -> Variable:
    """A variable whose value the context has as ``key``, by default under the same name."""
    return Variable(name=name, label=label, key=key or name, **more)


NAME = variable("name", _("Name of the reader"))
ORGANIZATION = variable("organization", _("Name of the organization"))


@dataclass(frozen=True, slots=True)
class Case:
    """One of the situations for which a kind has words of its own.

    ``example`` is what makes the example of the kind one of this case, and ``variables`` are
    those that only this case has.
    """

    name: str
    label: "Text" = ""
    example: Values = field(default_factory=dict)
    variables: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What an organization may say in its own words in the mails of one kind.

    ``example`` is a context as letters of the kind have one, with people who do not exist;
    who reads it, the organization and its terms are added. ``case_of`` tells the case of a
    context. ``label`` is for kinds whose usual one says less on purpose, ``hint`` for what a
    writer has to mind.
    """

    variables: tuple[Variable, ...]
    example: Callable[[datetime], Values]
    cases: tuple[Case, ...] = (Case(USUAL),)
    case_of: Callable[[Values], str] = lambda _values: USUAL
    has_button: bool = True
    label: "Text" = ""
    hint: "Text" = ""

    def case_named(self, name: str) -> Case | None:
        return next((each for each in self.cases if each.name == name), None)

    def case_for(self, values: Values) -> Case:
        """The case of a letter with this context."""
        name = self.case_of(values)
        return next(each for each in self.cases if each.name == name)

    def known_in(self, case: Case) -> Known:
        """The variables of a case."""
        return {each.name: each for each in (*self.variables, *case.variables)}


@dataclass(frozen=True, slots=True)
class OwnText:
    """Subject, opening words and the words of the button, with variables; no button: ours."""

    subject: str
    words: str
    button: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """The same with values, for one letter. A paragraph may have several lines."""

    subject: str
    paragraphs: tuple[str, ...]
    button: str = ""

    @property
    def summary(self) -> str:
        """What mailboxes show beside the subject."""
        return " ".join(" ".join(self.paragraphs).split())[:140]


def tokens_of(text: str, known: Known) -> Iterator[str | Variable]:
    """The text in pieces: literal ones and variables. Raises StrayBrace or UnknownVariable."""
    at = 0
    for match in TOKEN.finditer(text):
        yield text[at : match.start()]
        at = match.end()
        if match[0] in ("{{", "}}"):
            _refuse_doubled(text, match, known)
            yield match[0][0]
        elif match[1] is None:
            raise StrayBrace
        elif match[1] in known:
            yield known[match[1]]
        else:
            raise UnknownVariable(match[1])
    yield text[at:]


def check(known: Known, own: OwnText) -> None:
    """Whether such mails can be written. Raises BadText."""
    for text in (own.subject, own.button):
        list(tokens_of(text, known))
    words = list(tokens_of(own.words, known))
    for each in known.values():
        if each.is_required and each not in words:
            raise MissingVariable(each.name)


def is_usable(known: Known, own: OwnText) -> bool:
    try:
        check(known, own)
    except BadText:
        return False
    return True


def fill(known: Known, own: OwnText, values: Values) -> Filled:
    """The words for one letter, in the language and zone in force. Raises BadText."""
    check(known, own)

    def filled(text: str) -> str:
        return "".join(
            each if isinstance(each, str) else header_text(each.value(values))
            for each in tokens_of(text, known)
        )

    # Cut before values get in, so that none of them makes a paragraph.
    paragraphs = BETWEEN_PARAGRAPHS.split(own.words.strip())
    return Filled(
        header_text(filled(own.subject)),
        tuple(filled(each) for each in paragraphs),
        header_text(filled(own.button)),
    )


def _refuse_doubled(text: str, match: re.Match[str], known: Known) -> None:
    """Nobody means a brace, the name of a variable, and a brace again."""
    name, closing, _rest = text[match.end() :].partition("}}")
    if match[0] == "{{" and closing and name.strip() in known:
        raise UnknownVariable(name.strip(), is_doubled=True)
