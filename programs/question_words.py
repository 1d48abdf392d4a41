"""What becomes of a question's words in other languages when it changes.

Words are stored as ``text`` and ``choices`` (in the order of the question's own), only what
there is. ``is_old`` says that the question's text has changed since: until somebody looks at
the translation again, the question is asked in the organization's words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from programs.blueprints import Question

type Words = Mapping[str, Any]


def keep_words(question: Question, before: Question) -> Question:
    """The question with the translations that it had before.

    Choices take their words along wherever they go; new ones have none yet.
    """
    moved = {code: _moved(words, before, question) for code, words in before.translations.items()}
    kept = {code: words for code, words in moved.items() if words}
    return replace(question, translations=kept)


def in_language(question: Question, language: str, words: Words) -> Question:
    """The question with these words in one language; without any the translation goes."""
    others = {code: each for code, each in question.translations.items() if code != language}
    own = _stored(words.get("text", ""), words.get("choices", ()), is_old=words.get("is_old"))
    return replace(question, translations={**others, language: own} if own else others)


def _moved(words: Words, before: Question, now: Question) -> Words:
    by_choice = dict(zip(before.choices, words.get("choices", ()), strict=False))
    return _stored(
        words.get("text", ""),
        [by_choice.get(each, "") for each in now.choices],
        is_old=words.get("is_old") or before.text != now.text,
    )


def _stored(text: str, choices: Sequence[str], *, is_old: Any) -> dict[str, Any]:
    words: dict[str, Any] = {"text": text} if text else {}
    if any(choices):
        words["choices"] = list(choices)
    if text and is_old:
        words["is_old"] = True
    return words
