"""Text for a header: one line that cannot pretend to be anything else."""

import unicodedata

# The marks that turn the direction of text around: in a name they disguise an address.
DIRECTION_MARKS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def header_text(text: str) -> str:
    """The text as a header may carry it: one line, without control and direction marks."""
    kept = (
        " " if unicodedata.category(each) in ("Cc", "Zl", "Zp") else each
        for each in text
        if each not in DIRECTION_MARKS
    )
    return " ".join("".join(kept).split())
