"""Cells made into values: each reader returns what it read, or the code of what is wrong."""

import re
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.languages import codes
from accounts.roster.findings import Code
from accounts.roster.headings import key_of
from accounts.zones import place, zones
from mentoring.lib.text import one_line

SEPARATORS = re.compile(r"[,;/|+&\n]")
NAMED_IN = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da")
RISKY = ("=", "+", "-", "@")
FORMULA = "="
KEPT = 4096
SHEET_ERRORS = (
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NULL!",
    "#NUM!",
    "#NV",
    "#BEZUG!",
)
ON_LEAVE = frozenset(
    key_of(word)
    for word in (
        *("yes", "y", "true", "1", "x", "on leave", "leave", "absent", "away", "loa", "inactive"),
        *("leave of absence", "parental leave", "maternity leave", "paternity leave", "sick leave"),
        *("long-term sick", "sabbatical", "paid leave", "unpaid leave", "ja", "wahr", "abwesend"),
        *(
            "beurlaubt",
            "elternzeit",
            "in elternzeit",
            "mutterschutz",
            "sonderurlaub",
            "langzeitkrank",
        ),
        *("ruhend", "oui", "vrai", "en congé", "congé", "congé parental", "congé maternité"),
        *(
            "arrêt maladie",
            "sí",
            "verdadero",
            "de permiso",
            "permiso",
            "de baja",
            "baja",
            "excedencia",
        ),
        *("baja maternal", "baja médica", "sì", "in congedo", "assente", "sim"),
    )
)
AT_WORK = frozenset(
    key_of(word)
    for word in (
        *("", "no", "n", "false", "0", "-", "active", "present", "working", "at work", "employed"),
        *(
            "nein",
            "falsch",
            "aktiv",
            "anwesend",
            "im dienst",
            "beschäftigt",
            "non",
            "faux",
            "actif",
        ),
        *("active", "présent", "en poste", "falso", "activo", "activa", "en activo", "presente"),
        *("attivo", "não", "nee"),
    )
)


def text_of(cell: str) -> str:
    """The cell on one line, without the mark that error files put first. Raises UnsafeText."""
    line = " ".join(cell.split()) if cell.isascii() and cell.isprintable() else one_line(cell)
    return line[1:] if line[:1] == "'" and line[1:2] in RISKY else line


def is_formula(text: str) -> bool:
    return text.startswith((FORMULA, *SHEET_ERRORS))


def email_of(text: str) -> str:
    """The address in small letters; empty when it is none."""
    email = text.removeprefix("mailto:").lower()
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email


def folded(text: str) -> str:
    """In small letters as the database makes them, which are never more letters than before."""
    if text.isascii():
        return text.lower()
    return "".join(small if len(small := each.lower()) == 1 else small[0] for each in text)


@lru_cache(KEPT)
def language_of(text: str) -> str:
    """The code of a language given by code or by name in several languages; empty if unknown."""
    names, known = _languages()
    code = text.replace("_", "-").split("-")[0].lower()
    if code in known and ("-" in text or "_" in text or len(text) <= 3):
        return code
    return names.get(key_of(text), "")


@cache
def _languages() -> tuple[dict[str, str], frozenset[str]]:
    """Codes by name in each of the languages that lists are written in, and in itself."""
    names: dict[str, str] = {}
    known = frozenset(codes())
    for code in sorted(known & LANG_INFO.keys()):
        names.setdefault(key_of(LANG_INFO[code].get("name_local", "")), code)
    for language in NAMED_IN:
        for code, name in Locale(language).languages.items():
            if code in known:
                names.setdefault(key_of(name), code)
    names.pop("", None)
    return names, known


@lru_cache(KEPT)
def languages_of(text: str) -> tuple[tuple[str, ...], str]:
    """Codes in order, each once, and the first word that is no language."""
    words = [word.strip() for word in SEPARATORS.split(text)]
    found: dict[str, None] = {}
    for word in filter(None, words):
        code = language_of(word)
        if not code:
            return (), word
        found[code] = None
    return tuple(found), ""


@cache
def _zones() -> dict[str, str]:
    """Zones by name, by place, and by what Windows calls them."""
    by_place: dict[str, set[str]] = {}
    for zone in zones():
        by_place.setdefault(key_of(place(zone).split(",")[0]), set()).add(zone)
    known = {key: min(found) for key, found in by_place.items() if len(found) == 1}
    windows = get_global("windows_zone_mapping")
    known |= {key_of(name): zone for name, zone in windows.items() if zone in zones()}
    return known | {key_of(zone): zone for zone in zones()}


@lru_cache(KEPT)
def zone_of(text: str) -> str:
    """The zone's name; empty when nobody knows it."""
    return _zones().get(key_of(text), "")


def leave_of(text: str) -> bool | Code:
    """Whether the person is on leave, from yes and no or from a status."""
    key = key_of(text)
    if key in AT_WORK:
        return False
    return True if key in ON_LEAVE else Code.UNKNOWN_STATUS
