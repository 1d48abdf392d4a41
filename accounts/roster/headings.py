"""Guessing what each column means."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from accounts.roster.aliases import ALIASES
from accounts.roster.fields import Field

SPELLED = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe"})
# What a column with this name means beside one that has the other half of the name.
HALVES = {"name", "nom", "nombre", "naam", "nome"}


def key_of(heading: str) -> str:
    """The heading without capitals, accents, spaces and punctuation."""
    plain = unicodedata.normalize("NFKD", heading.casefold().translate(SPELLED))
    return "".join(letter for letter in plain if letter.isalnum())


@cache
def _known() -> dict[str, tuple[Field, ...]]:
    """Which fields a heading can mean, likeliest first."""
    found: dict[str, tuple[Field, ...]] = {}
    for field, aliases in ALIASES.items():
        for alias in aliases:
            key = key_of(alias)
            found[key] = (*found.get(key, ()), field)
    return found


def guess(headings: Sequence[str], remembered: Mapping[str, str]) -> dict[int, str]:
    """The field of each column, by its number; empty for one that means nothing.

    What was chosen for the same heading the last time comes first. No field is given twice.
    """
    keys = [key_of(heading) for heading in headings]
    chosen: dict[int, str] = {}
    taken: set[str] = set()
    for column, key in enumerate(keys):
        field = remembered.get(key)
        if field is not None and field not in taken:
            chosen[column] = field
            taken |= {field} - {""}
    for column, key in enumerate(keys):
        if column not in chosen:
            field = next((each for each in _known().get(key, ()) if each not in taken), "")
            chosen[column] = str(field)
            taken |= {str(field)} - {""}
    return _with_halves(chosen, keys, remembered)


def _with_halves(
    chosen: dict[int, str], keys: Sequence[str], remembered: Mapping[str, str]
) -> dict[int, str]:
    """“Nom” beside “Prénom” is the last name, “Nombre” beside “Apellidos” the first one."""
    fields = set(chosen.values())
    other = {
        (True, False): Field.FAMILY_NAME,
        (False, True): Field.GIVEN_NAME,
    }.get((Field.GIVEN_NAME in fields, Field.FAMILY_NAME in fields))
    for column, field in chosen.items():
        is_half = keys[column] in HALVES and keys[column] not in remembered
        if field == Field.NAME and is_half and other:
            return {**chosen, column: str(other)}
    return chosen
