"""The colors of charts on paper.

Each mark carries one as an attribute, which any style sheet outweighs: on pages charts.css puts
the tokens in their place, and WeasyPrint, which applies no style sheet of a document inside SVG,
takes the attributes. A test holds them to the light look of tokens.css.
"""

from typing import NamedTuple


class Palette(NamedTuple):
    """One look. A series has its color, and a lone one the accent."""

    paper: str
    ink: str
    soft: str
    line: str
    track: str
    accent: str
    wash: str
    series: tuple[str, str, str, str]
    heat: tuple[str, str, str, str, str]
    heat_ink: tuple[str, str, str, str, str]
    font: str


PAPER = Palette(
    paper="#ffffff",
    ink="#211d18",
    soft="#5a5248",
    line="#e5dfd4",
    track="#f1ece3",
    accent="#0c655a",
    wash="#dcebe6",
    series=("#0c655a", "#b3500b", "#3348b8", "#b0569f"),
    heat=("#e6efe9", "#bcdcd1", "#84c0b1", "#2d8073", "#0a4f46"),
    heat_ink=("#211d18", "#211d18", "#211d18", "#ffffff", "#ffffff"),
    font="Figtree",
)


def tone(at: int, count: int) -> str:
    """How the style sheet calls the color of one of so many series."""
    return str(at + 1) if count > 1 else "accent"


def on_paper(at: int) -> str:
    """The color of a series where no style sheet reaches; the first is the accent."""
    return PAPER.series[at]
