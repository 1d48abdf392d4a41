"""What in a wording may tell whose it is: names, addresses, departments and job titles."""

import re
from collections.abc import Iterator

from accounts.models import Member
from mentoring.lib.text import WITHOUT_MARKS, search_key
from mentoring.pairings.models import Pairing

APART = str.maketrans(dict.fromkeys("'’‘ʼ`´", " "))
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
BETWEEN = re.compile(r"[\W_]+")
PARTS = re.compile(r"[\s\-‐‑]+")
ADDRESS = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\w")
SHORTEST = 2
# What stands in many names and in every second sentence.
PARTICLES = {
    *("de", "da", "di", "do", "du", "la", "le", "el", "al", "van", "von", "der", "den"),
    *("zu", "zur", "of", "the", "and", "und", "dr", "mr", "ms"),
}


def telltales(text: str, pairing: Pairing) -> list[str]:
    """The words of the text that point to one of the two; the pairing comes with its people.

    Names and titles are found whatever the capitals, accents and apostrophes, also with an s
    at the end. What is found is only a hint: “Will” is a name and a word.
    """
    forms = _forms(text.translate(WITHOUT_MARKS))
    people = (pairing.mentor.member, pairing.mentee.member)
    hints = (hint for member in people for hint in _hints(member))
    found = [hint for hint in hints if _is_in(forms, hint)]
    folded = text.casefold()
    known = [each for member in people for each in _addresses(member) if each.casefold() in folded]
    return list(dict.fromkeys([*found, *known, *ADDRESS.findall(text)]))


def _hints(member: Member) -> Iterator[str]:
    parts = PARTS.split(member.name.strip())
    for part in parts:
        folded = search_key(part)
        if (len(folded) >= SHORTEST and folded not in PARTICLES) or not folded.isascii():
            yield part
    if len(parts) > 1 and all(len(part) < SHORTEST for part in parts):
        yield member.name
    if member.job_title:
        yield member.job_title
    if member.department:
        yield member.department.name


def _addresses(member: Member) -> list[str]:
    own = [member.user.email] if member.user else []
    return [each for each in (member.email, *own) if each]


def _is_in(forms: set[str], hint: str) -> bool:
    return any(_has(form, words) for words in _forms(hint) for form in forms if words)


def _has(form: str, words: str) -> bool:
    """Whole words; where a script has no spaces between them, any place counts."""
    if not words.isascii():
        return words in form
    return re.search(rf"(?<!\w){re.escape(words)}s?(?!\w)", form) is not None


def _forms(text: str) -> set[str]:
    """The text as it may be compared: accents spelled out or gone, apostrophes gone or a gap."""
    spelled = {text, text.translate(UMLAUTS)}
    apart = {each.translate(APART) for each in spelled}
    return {BETWEEN.sub(" ", search_key(each)).strip() for each in spelled | apart}
