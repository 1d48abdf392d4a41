"""A share as a ring, for the number at the head of a page."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from mentoring.lib.charts.figures import (
    NUMBER,
    PERCENT,
    Figure,
    Withheld,
    ratio,
    told,
    told_why,
)
from mentoring.lib.charts.palette import PAPER, Palette
from mentoring.lib.charts.scales import tidy

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

RADIUS = 42.0
AROUND = 2 * math.pi * RADIUS


@dataclass(frozen=True, slots=True)
class Ring:
    """So many of so many. More than all is drawn as all, and told as it is."""

    name: "Text"
    part: Figure
    whole: Figure
    ink: ClassVar[Palette] = PAPER

    @property
    def share(self) -> float | None:
        return ratio(self.part, self.whole)

    @property
    def text(self) -> str:
        return told(self.share, PERCENT)

    @property
    def detail(self) -> str:
        """The share as two numbers, or why there is none."""
        for figure in (self.part, self.whole):
            if isinstance(figure, Withheld):
                return told_why(figure, NUMBER)
        return _("%(part)s of %(whole)s") % {
            "part": told(self.part, NUMBER),
            "whole": told(self.whole, NUMBER),
        }

    @property
    def label(self) -> str:
        return f"{self.name}: {self.text} ({self.detail})"

    @property
    def is_withheld(self) -> bool:
        return isinstance(self.part, Withheld) or isinstance(self.whole, Withheld)

    @property
    def radius(self) -> float:
        return RADIUS

    @property
    def filled(self) -> float:
        """The length of the arc."""
        return tidy(AROUND * min(1.0, max(0.0, self.share or 0.0)))

    @property
    def rest(self) -> float:
        """The length of the gap after it, so that the pattern never begins again."""
        return tidy(2 * AROUND)
