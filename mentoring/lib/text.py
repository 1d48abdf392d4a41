"""Text that people typed, made safe to show in a line."""

import unicodedata

MARKS = (
    "\u00ad"  # soft hyphen
    "\u200b"  # zero-width space
    "\u200e"  # left-to-right mark
    "\u200f"  # right-to-left mark
    "\u061c"  # Arabic letter mark
    "\u2060"  # word joiner
    "\ufeff"  # byte order mark
)
WITHOUT_MARKS = str.maketrans("", "", MARKS)
JOINERS = "\u200c\u200d"
SPELLED = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", **dict.fromkeys("'’‘ʼ`´", "")}
)


class UnsafeText(ValueError):
    """The text holds characters that are not seen but change what is seen."""


def one_line(text: str) -> str:
    """The text in composed form, with single spaces, without harmless invisible marks.

    Marks often come along when a name is copied from a document, so they go silently.
    Raises UnsafeText for control characters and for those that turn the direction of what
    follows: they can make a name look like another. Joiners stay, some scripts need them.
    """
    composed = unicodedata.normalize("NFC", text).translate(WITHOUT_MARKS)
    line = " ".join(composed.split())
    for character in line:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in JOINERS:
            raise UnsafeText(f"U+{ord(character):04X}")
    return line


def search_key(text: str) -> str:
    """The text as it is searched, without capitals, accents and apostrophes.

    The same as `mentoring.lib.sorting.SearchKey` in the database, for texts that are not there.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(SPELLED))
    return "".join(each for each in plain if not unicodedata.combining(each))
