"""The own texts of the organization in scope: a higher floor keeps them, and mails use them."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import structlog
from django.utils.translation import override

from mentoring.outbox.registry import Letter, MailKind
from mentoring.outbox.wording import BadText, Filled, OwnText, fill

logger = structlog.get_logger(__name__)


class Place(NamedTuple):
    """Where a text counts: a kind of mail, one of its cases, and a language."""

    kind: str
    case: str
    language: str


type Texts = Mapping[Place, OwnText]

_providers: list[Callable[[], Texts]] = []


def register_texts(provider: Callable[[], Texts]) -> None:
    """Let a higher floor say what the organization in scope has written; the last one counts."""
    _providers.append(provider)


def current_texts() -> Texts:
    """All own texts of the organization in scope. Costs a query: keep them per batch."""
    return _providers[-1]() if _providers else {}


def own_words(kind: MailKind, letter: Letter, texts: Texts) -> Filled | None:
    """The own words for this letter; None when ours count, also when those cannot be used.

    A text may name a variable that a later release no longer has: then ours are sent, because
    a mail that arrives is worth more than its words. Call it with the reader's zone in force.
    """
    if letter.own:
        return letter.own
    if kind.wording is None or not texts:
        return None
    case = kind.wording.case_for(letter.context)
    text = texts.get(Place(kind.name, case.name, letter.language))
    if text is None:
        return None
    try:
        with override(letter.language):
            return fill(kind.wording.known_in(case), text, letter.context)
    except (BadText, KeyError) as error:
        logger.warning("own_text_unusable", kind=kind.name, error=type(error).__name__)
        return None
