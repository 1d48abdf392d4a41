"""What was told about groups, in words of the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.formats import number_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.checkins.enums import Said
from mentoring.reports.careers.measures import MEANINGS
from mentoring.reports.disclosure.careers import KEYS
from mentoring.reports.disclosure.measures import MEASURES
from mentoring.reports.disclosure.scopes import Dimension, Reach, Scope, parsed
from mentoring.reports.enums import Refusal
from mentoring.reports.models import LedgerCell
from mentoring.reports.queries.told import names_of

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

type Names = Mapping[UUID, str]

WAYS = {
    Dimension.DEPARTMENT: gettext_lazy("Department"),
    Dimension.LOCATION: gettext_lazy("Location"),
    Dimension.BAND: gettext_lazy("Grades"),
}
GROUP_NAMES = {
    "participants": gettext_lazy("Participants"),
    "others": gettext_lazy("Comparable others"),
}
REACHES = {
    Reach.PROGRAM: gettext_lazy("Program"),
    Reach.COHORT: gettext_lazy("Cohort"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One decision: what, of whom, and the figure or why there is none."""

    cell: LedgerCell
    what: "Text"
    definition: "Text"
    whom: Sequence[str]
    figure: str
    reason: "Text"


def shown(cells: Sequence[LedgerCell]) -> list[Shown]:
    """Two queries for the names of programs and cohorts."""
    scopes = [parsed(each.scope) for each in cells]
    names = names_of(each.key for each in scopes if each.key)
    return [_shown(*both, names) for both in zip(cells, scopes, strict=True)]


def measure_choices() -> Iterable[tuple[str, Any]]:
    careers = [
        (key, format_lazy("{name}: {group}", name=MEANINGS[measure].name, group=GROUP_NAMES[group]))
        for (measure, group), key in KEYS.items()
    ]
    return [*((each.key, each.name) for each in MEASURES.values()), *careers]


def in_words(value: Mapping[str, Any]) -> str:
    """A figure of any measure."""
    text = ""
    match value:
        case {"mean": mean}:
            text = ("+" if mean > 0 else "") + number_format(mean, decimal_pos=2)
        case {"rate": rate}:
            text = _percent(rate)
        case {"counts": counts}:
            text = ", ".join(f"{each.label}: {counts.get(each.value, 0)}" for each in Said)
        case {"share": share, "low": low, "high": high}:
            interval = {"low": _percent(low), "high": _percent(high)}
            text = _("%(share)s (between %(low)s and %(high)s)") % {
                "share": _percent(share),
                **interval,
            }
        case {"moved": moved, "held": held}:
            text = _("%(moved)s put off, %(held)s held") % {"moved": moved, "held": held}
    return text


def _percent(share: float) -> str:
    return _("%(number)s %%") % {"number": number_format(100 * share, decimal_pos=0)}


def _shown(cell: LedgerCell, scope: Scope, names: Names) -> Shown:
    measure = MEASURES.get(cell.measure)
    return Shown(
        cell=cell,
        what=dict(measure_choices()).get(cell.measure, cell.measure),
        definition=measure.definition if measure else "",
        whom=list(_whom(scope, names)),
        figure=in_words(cell.value or {}),
        reason=Refusal(cell.refusal).label if cell.refusal else "",
    )


def _whom(scope: Scope, names: Names) -> Iterable[str]:
    if scope.key:
        yield f"{REACHES[scope.reach]}: {names.get(scope.key, '–')}"
    elif not scope.parts:
        yield _("Everybody")
    for way, name in scope.parts:
        yield f"{WAYS[way]}: {name}"
