"""Public holidays of countries and their regions, out of the library `holidays`."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays
from babel import Locale
from babel.core import UnknownLocaleError
from holidays.registry import COUNTRIES

from mentoring.lib.text import search_key

LENGTH = 200


@cache
def _codes() -> tuple[str, ...]:
    """The countries that are known, in two letters."""
    return tuple(sorted({names[1] for names in COUNTRIES.values()}))


def country_choices(language: str) -> list[tuple[str, str]]:
    """The countries by their names in a language."""
    names = _territories(language)
    choices = [(code, names.get(code, code)) for code in _codes()]
    return sorted(choices, key=lambda choice: search_key(choice[1]))


def region_choices(country: str) -> list[tuple[str, str]]:
    """The regions of a country that have holidays of their own; none for an unknown country."""
    if country not in _codes():
        return []
    calendar = holidays.country_holidays(country)
    names = {code: name for name, code in calendar.subdivisions_aliases.items()}
    choices = [(code, names.get(code, code)) for code in calendar.subdivisions]
    return sorted(choices, key=lambda choice: search_key(choice[1]))


def public_holidays(
    country: str, region: str, year: int, *, language: str
) -> list[tuple[date, str]]:
    """The days off of everybody there, in their order, named in the language if possible.

    Empty when the library knows none of that year.
    """
    languages = holidays.country_holidays(country).supported_languages
    # British before American English, which comes behind it in the alphabet.
    known = next((code for code in sorted(languages) if code.partition("_")[0] == language), None)
    found = holidays.country_holidays(country, subdiv=region or None, years=year, language=known)
    return [(day, name[:LENGTH]) for day, name in sorted(found.items()) if day.year == year]


@cache
def _territories(language: str) -> Mapping[str, str]:
    try:
        return dict(Locale.parse(language.replace("-", "_")).territories)
    except (UnknownLocaleError, ValueError):
        return {}
