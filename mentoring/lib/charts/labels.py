"""Labels that do not run into each other.

The width of a text is estimated. A picture is as wide as the page lets it be, so which labels
fit is reckoned for four widths of the plot; the style sheet shows those of the width that is.
"""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from django.utils.formats import date_format

from mentoring.lib.charts.scales import ALL, tidy

SIZE = 13
AIR = 8
# The least width of the plot at which the labels of a tier are shown; see charts.css.
TIERS = {"xs": 200, "s": 276, "m": 360, "l": 640}
STEPS = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120)
NARROW = frozenset("iIjl1.,:;'|!()[]tfr ’-")
WIDE = frozenset("mwMW%@—ÄÖÜ")


def width(text: str, size: float = SIZE) -> float:
    """About how wide the text is, rather too wide than too narrow."""
    return size * sum(_ems(letter) for letter in text)


def _ems(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in NARROW:
        return 0.36
    if letter in WIDE:
        return 0.9
    return 0.68 if letter.isupper() else 0.58


def cut(text: str, room: float, size: float = SIZE) -> str:
    """The text, or as much of its beginning as there is room for."""
    if width(text, size) <= room:
        return text
    while text and width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def spread(wanted: Sequence[float], *, gap: float, low: float, high: float) -> tuple[float, ...]:
    """Places as near as possible to the wanted ones, a gap apart, in the same order.

    If there is no room for all, the gap shrinks. Neighbors that would touch move apart alike:
    the places less their gaps are pooled until they ascend, which has the least squares.
    """
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    pools: list[list[float]] = []
    for rank, at in enumerate(order):
        pools.append([wanted[at] - rank * gap])
        while pools[1:] and fmean(pools[-2]) > fmean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    limit = high - gap * (len(wanted) - 1)
    bases = [min(max(fmean(pool), low), limit) for pool in pools for _ in pool]
    placed = {
        at: base + rank * gap for rank, (at, base) in enumerate(zip(order, bases, strict=True))
    }
    return tuple(tidy(placed[at]) for at in range(len(wanted)))


@dataclass(frozen=True, slots=True)
class MonthLabel:
    """A month under the plot, and its year where it changes, with the tiers that show each."""

    x: float
    month: str
    year: str
    tiers: tuple[str, ...]
    year_tiers: tuple[str, ...]

    @property
    def classes(self) -> str:
        return " ".join(f"at-{tier}" for tier in self.tiers)

    @property
    def year_classes(self) -> str:
        return " ".join(f"at-{tier}" for tier in self.year_tiers)

    @property
    def is_on_paper(self) -> bool:
        """Whether a program that knows no container queries shows it, as our PDFs are made by."""
        return "m" in self.tiers

    @property
    def has_year_on_paper(self) -> bool:
        return "m" in self.year_tiers


def middle(at: int, count: int) -> float:
    """The middle of one of so many equal columns."""
    return tidy(ALL * (at + 0.5) / count)


def month_labels(months: Sequence[date]) -> tuple[MonthLabel, ...]:
    """Those months that fit in at least one tier; the last month always does."""
    texts = [[date_format(month, form) for form in ("M", "Y")] for month in months]
    widest = max((width(text) for both in texts for text in both), default=0.0) + AIR
    shown = {tier: _shown(len(months), widest, room) for tier, room in TIERS.items()}
    years = {tier: _years(months, places) for tier, places in shown.items()}
    return tuple(
        MonthLabel(
            x=middle(at, len(months)),
            month=month,
            year=year,
            tiers=tuple(tier for tier in TIERS if at in shown[tier]),
            year_tiers=tuple(tier for tier in TIERS if at in years[tier]),
        )
        for at, (month, year) in enumerate(texts)
        if any(at in places for places in shown.values())
    )


def _shown(count: int, widest: float, room: float) -> list[int]:
    """Each so-and-so-many month, counted from the last one."""
    if not count:
        return []
    column = room / count
    step = next((each for each in STEPS if each * column >= widest), math.ceil(widest / column))
    return sorted(range(count - 1, -1, -step))


def _years(months: Sequence[date], places: Sequence[int]) -> set[int]:
    """The first place of each year."""
    before = [None, *(months[at].year for at in places[:-1])] if places else []
    return {at for at, year in zip(places, before, strict=True) if months[at].year != year}
