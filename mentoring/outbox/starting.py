"""Our own words of a mail, with variables in place of values: where an own text starts."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import override

from mentoring.outbox.mail import render, subject_of, tidy
from mentoring.outbox.registry import MailKind
from mentoring.outbox.templatetags.letters import HEARD
from mentoring.outbox.wording import Known, OwnText


def our_words(kind: MailKind, known: Known, example: Mapping[str, Any], language: str) -> OwnText:
    """What the templates of the kind say about this example, as a text with variables.

    Names are put in as ``{name}`` before the templates are rendered; numbers and moments, which
    templates have to understand, are found again in what they made of them.
    """
    tokens = {
        each.key: each.token
        for each in known.values()
        if not each.form and isinstance(example[each.key], str)
    }
    heard: dict[str, str] = {}
    values = {
        "product": settings.PRODUCT_NAME,
        "base_url": settings.BASE_URL,
        "language": language,
        **example,
        **tokens,
    }
    subject = subject_of(kind.template, context=values, language=language)
    with override(language):
        render(f"{kind.template}.txt", {**values, HEARD: heard}, escape=False)
        written = {
            text: each.token
            for each in known.values()
            if each.key not in tokens
            for text in each.writings(example)
        }

    def with_tokens(text: str) -> str:
        for writing in sorted(written, key=len, reverse=True):
            text = text.replace(writing, written[writing])
        return text

    return OwnText(
        with_tokens(subject),
        with_tokens(tidy(heard.get("opening", ""))).strip(),
        with_tokens(heard.get("button", "")).strip(),
    )
