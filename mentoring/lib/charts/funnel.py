"""How many go on from step to step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from mentoring.lib.charts.base import Chart, ChartTable, TableRow
from mentoring.lib.charts.figures import (
    NOTHING,
    NUMBER,
    PERCENT,
    Figure,
    Withheld,
    number,
    numbers,
    ratio,
    reasons,
    told,
    told_why,
)
from mentoring.lib.charts.scales import Scale, scale

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the funnel and how many have reached it."""

    name: "Text"
    value: Figure


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """A step as drawn. The band leads from this bar to the next one."""

    name: str
    value: str
    tip: str
    width: float
    is_withheld: bool
    band: str
    onward: str
    shares: str
    of_first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel(Chart):
    """Bars from many to few, with the share that goes on between them."""

    kind: ClassVar[str] = "funnel"

    steps: Sequence[Step]

    @property
    def drawing(self) -> tuple[FunnelRow, ...]:
        return tuple(self._row(at) for at in range(len(self.steps)))

    @property
    def description(self) -> str:
        shown = [step for step in self.steps if number(step.value) is not None]
        if not shown:
            return _("There are no figures yet.")
        first, last = shown[0], shown[-1]
        share = _share(last.value, first.value)
        words = {
            "first": first.name,
            "first_value": told(first.value, NUMBER),
            "last": last.name,
            "last_value": told(last.value, NUMBER),
            "share": share,
        }
        if share == NOTHING or first is last:
            return _("%(first)s: %(first_value)s; %(last)s: %(last_value)s.") % words
        return (
            _("From %(first_value)s (%(first)s) to %(last_value)s (%(last)s): %(share)s.") % words
        )

    @property
    def table(self) -> ChartTable:
        return ChartTable(
            head=(_("Step"), _("Number"), _("Of the step before"), _("Of the first step")),
            rows=tuple(
                TableRow(
                    str(step.name), (told(step.value, NUMBER), self._before(at), self._first(at))
                )
                for at, step in enumerate(self.steps)
            ),
        )

    @property
    def notes(self) -> tuple[str, ...]:
        return reasons(step.value for step in self.steps)

    @property
    def _scale(self) -> Scale:
        most = max(numbers(step.value for step in self.steps), default=0.0)
        return Scale(0.0, most, (0.0, most)) if most > 0 else scale([])

    def _row(self, at: int) -> FunnelRow:
        step = self.steps[at]
        width = self._width(at)
        following = self._width(at + 1) if at + 1 < len(self.steps) else None
        band = "" if following is None else f"0,0 {width},0 {following},10 0,10"
        tip = f"{step.name}: {told_why(step.value, NUMBER)}"
        return FunnelRow(
            name=str(step.name),
            value=told(step.value, NUMBER),
            tip=tip,
            width=width,
            is_withheld=isinstance(step.value, Withheld),
            band=band,
            onward=self._onward(at),
            shares=self._shares(at),
            of_first=self._first(at),
        )

    def _onward(self, at: int) -> str:
        """The share that reaches the next step, for the band between the two bars."""
        if at + 1 == len(self.steps):
            return ""
        share = self._before(at + 1)
        return "" if share == NOTHING else _("%(share)s go on") % {"share": share}

    def _shares(self, at: int) -> str:
        """Both shares in words, for narrow screens."""
        before, first = self._before(at), self._first(at)
        if NOTHING in (before, first):
            return ""
        return _("%(before)s of the step before, %(first)s of the first") % {
            "before": before,
            "first": first,
        }

    def _width(self, at: int) -> float:
        value = number(self.steps[at].value)
        return 0.0 if value is None else self._scale.percent(value)

    def _before(self, at: int) -> str:
        return _share(self.steps[at].value, self.steps[at - 1].value) if at else NOTHING

    def _first(self, at: int) -> str:
        return _share(self.steps[at].value, self.steps[0].value) if at else NOTHING


def _share(part: Figure, whole: Figure) -> str:
    return told(ratio(part, whole), PERCENT)
