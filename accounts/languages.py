"""The languages that people speak, which are many more than the product's own."""

import re
from collections.abc import Iterable
from functools import cache

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info, override

SEPARATORS = re.compile(r"[,;/|\n]+")
PRODUCT = ("en", "de")
# Django names two ways of writing Chinese, and no Chinese.
CHINESE = {"zh": "zh-hans"}


@cache
def codes() -> tuple[str, ...]:
    """The languages we know, in two or three letters."""
    plain = [code for code, about in LANG_INFO.items() if len(code) <= 3 and "name" in about]
    return tuple(sorted({*plain, *CHINESE}))


def language_name(code: str) -> str:
    """What the language is called in the reader's own; an unknown code stays as it is."""
    if code not in codes():
        return code
    return str(get_language_info(CHINESE.get(code, code))["name_translated"])


def language_names(found: Iterable[str]) -> str:
    """Several languages in one line."""
    return ", ".join(language_name(code) for code in found)


def read_languages(text: str) -> tuple[list[str], list[str]]:
    """The codes of the languages that a text names, and the words that name none.

    Names count in English, in the product's languages and in the language itself.
    """
    known, unknown = [], []
    for word in (each.strip() for each in SEPARATORS.split(text)):
        code = _by_name().get(word.casefold())
        if code:
            known.append(code)
        elif word:
            unknown.append(word)
    return list(dict.fromkeys(known)), unknown


@cache
def _by_name() -> dict[str, str]:
    found = {"chinese": "zh", "chinesisch": "zh", "中文": "zh"}
    for code in codes():
        about = get_language_info(CHINESE.get(code, code))
        found.update({code: code, about["name"].casefold(): code})
        found[about["name_local"].casefold()] = code
    for language in PRODUCT:
        with override(language):
            found.update({language_name(code).casefold(): code for code in codes()})
    return found
