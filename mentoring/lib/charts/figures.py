"""What charts show: numbers, what is missing, what is withheld, and how each is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

NOTHING = "–"
MINUS = "−"
# More than anybody counts; floating point is no longer exact there.
BEYOND = 1e15


@dataclass(frozen=True, slots=True)
class Withheld:
    """A figure that is not shown, and why."""

    reason: "Text"


type Figure = float | Decimal | Withheld | None


@dataclass(frozen=True, slots=True)
class Unit:
    """How numbers are told; shares are given between 0 and 1."""

    decimals: int = 0
    is_share: bool = False

    def text(self, value: float, decimals: int | None = None) -> str:
        """The number in the language in force, with a true minus."""
        decimals = self.decimals if decimals is None else decimals
        rounded = round(100 * value if self.is_share else value, decimals)
        return _written(rounded, decimals, self.is_share, get_language())

    @property
    def smallest_step(self) -> float:
        """Axes have no finer steps than the numbers have digits."""
        step: float = 10.0**-self.decimals
        return step / 100 if self.is_share else step


@lru_cache(maxsize=4096)
def _written(rounded: float, decimals: int, is_share: bool, language: str | None) -> str:
    """A page says the same few numbers many times: in a picture, below it and in its table."""
    told = number_format(abs(rounded), decimals, use_l10n=True, force_grouping=True)
    told = f"{MINUS}{told}" if rounded < 0 else told
    return _("%(number)s%%") % {"number": told} if is_share else told


NUMBER = Unit()
TENTHS = Unit(decimals=1)
HUNDREDTHS = Unit(decimals=2)
PERCENT = Unit(is_share=True)


def number(figure: Figure) -> float | None:
    """The number that is drawn; nothing of what is missing, withheld, or no number of anything."""
    if figure is None or isinstance(figure, Withheld):
        return None
    value = float(figure)
    return value if abs(value) < BEYOND else None


def ratio(part: Figure, whole: Figure) -> float | None:
    """A share; nothing of nothing, or of what is not shown, is none."""
    above, below = number(part), number(whole)
    return None if above is None or below is None or below <= 0 else number(above / below)


def told(figure: Figure, unit: Unit) -> str:
    """The figure in words."""
    if isinstance(figure, Withheld):
        return _("Not shown")
    value = number(figure)
    return NOTHING if value is None else unit.text(value)


def told_why(figure: Figure, unit: Unit) -> str:
    """The figure in words, with the reason if it is withheld."""
    if isinstance(figure, Withheld):
        return _("Not shown: %(reason)s") % {"reason": figure.reason}
    return told(figure, unit)


def numbers(figures: Iterable[Figure]) -> list[float]:
    """All that can be drawn."""
    return [value for value in map(number, figures) if value is not None]


def reasons(figures: Iterable[Figure]) -> tuple[str, ...]:
    """Why figures are withheld, each reason once."""
    found = [str(each.reason) for each in figures if isinstance(each, Withheld)]
    return tuple(_("Not shown: %(reason)s") % {"reason": why} for why in dict.fromkeys(found))


def counted(n: int) -> str:
    """How many a figure is of."""
    return _("n = %(count)s") % {"count": NUMBER.text(n)}
