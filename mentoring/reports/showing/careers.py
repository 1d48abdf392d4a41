"""The comparison of careers on a page: a picture, and every word that belongs beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mentoring.lib.charts import Estimate, IntervalRow, Intervals, Withheld
from mentoring.reports.careers.comparing import Comparison, Group
from mentoring.reports.careers.measures import CAVEAT, MEANINGS, NOTES, Meaning

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, slots=True)
class Untold:
    """A measure that is not shown, and why."""

    name: "Text"
    reason: "Text"


@dataclass(frozen=True, slots=True)
class Careers:
    """What the template needs. There is no picture when nothing may be told."""

    chart: Intervals | None
    untold: Sequence[Untold]
    meanings: Sequence[Meaning]
    notes: Sequence["Text"] = NOTES
    caveat: "Text" = CAVEAT


def careers_shown(comparisons: Iterable[Comparison]) -> Careers:
    """Of `careers_of`, or of what a ledger has left of it."""
    given = list(comparisons)
    is_told = any(each.participants and each.others for each in given)
    chart = Intervals(
        key="careers",
        title=_("Who stayed, and who moved up"),
        rows=[row for each in given for row in _rows(each)],
    )
    return Careers(
        chart=chart if is_told else None,
        untold=[Untold(MEANINGS[each.measure].name, each.reason) for each in given],
        meanings=[MEANINGS[each.measure] for each in given],
    )


def _rows(comparison: Comparison) -> Iterable[IntervalRow]:
    name = MEANINGS[comparison.measure].name
    for label, group, is_reference in (
        (_("Participants"), comparison.participants, False),
        (_("Comparable others"), comparison.others, True),
    ):
        yield IntervalRow(
            label,
            _estimate(group) if group else Withheld(comparison.reason),
            group.n if group else None,
            name,
            is_reference,
        )


def _estimate(group: Group) -> Estimate:
    return Estimate(group.share, group.low, group.high)
