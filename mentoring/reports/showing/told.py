"""What was told about groups, in words of the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import capfirst, format_lazy
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.models import Organization
from accounts.terms import Form, Term, word_for
from mentoring.checkins.enums import Said
from mentoring.lib.charts import HUNDREDTHS, PERCENT
from mentoring.reports.careers.measures import MEANINGS
from mentoring.reports.disclosure.careers import KEYS
from mentoring.reports.disclosure.measures import MEASURES
from mentoring.reports.disclosure.releases import PREFIX, measure_of, question_of
from mentoring.reports.disclosure.scopes import Dimension, Reach, Scope, parsed
from mentoring.reports.enums import Refusal
from mentoring.reports.models import LedgerCell
from mentoring.reports.queries.told import names_of
from programs.enums import Side
from programs.queries.questions import texts_of

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

WAYS = {
    Dimension.DEPARTMENT: gettext_lazy("Department"),
    Dimension.LOCATION: gettext_lazy("Location"),
    Dimension.BAND: gettext_lazy("Grades"),
    Dimension.BATCH: gettext_lazy("Batch"),
}
ANSWERS = gettext_lazy("Answers to a question, as they are released")
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


@dataclass(frozen=True, slots=True)
class Words:
    """What things are called: programs and cohorts, measures, and the two sides."""

    names: Mapping[UUID, str]
    measures: Mapping[str, "Text"]
    sides: Mapping[str, str]


def shown(cells: Sequence[LedgerCell], organization: Organization) -> list[Shown]:
    """Three queries at most, for the names of programs and cohorts and for questions."""
    scopes = [parsed(each.scope) for each in cells]
    names = names_of(each.key for each in scopes if each.key)
    asked = {key for each in cells if (key := question_of(each.measure))}
    measures = {
        **dict(measure_choices()),
        **{measure_of(key): text for key, text in texts_of(asked, get_language() or "").items()},
    }
    sides = {
        side.value: capfirst(word_for(organization.terms, Term(side), Form.MANY)) for side in Side
    }
    words = Words(names, measures, sides)
    return [_shown(*both, words) for both in zip(cells, scopes, strict=True)]


def measure_choices() -> Iterable[tuple[str, Any]]:
    careers = [
        (key, format_lazy("{name}: {group}", name=MEANINGS[measure].name, group=GROUP_NAMES[group]))
        for (measure, group), key in KEYS.items()
    ]
    return [*((each.key, each.name) for each in MEASURES.values()), *careers, (PREFIX, ANSWERS)]


def of_measure(rows: QuerySet[LedgerCell], chosen: str) -> QuerySet[LedgerCell]:
    """The rows of one of the choices."""
    return rows.filter(**{"measure__startswith" if chosen == PREFIX else "measure": chosen})


def in_words(value: Mapping[str, Any]) -> str:
    """A figure of any measure."""
    text = ""
    match value:
        case {"mean": mean}:
            text = ("+" if mean > 0 else "") + HUNDREDTHS.text(mean)
        case {"rate": rate}:
            text = PERCENT.text(rate)
        case {"counts": counts}:
            text = ", ".join(f"{each.label}: {counts.get(each.value, 0)}" for each in Said)
        case {"share": share, "low": low, "high": high}:
            interval = {"low": PERCENT.text(low), "high": PERCENT.text(high)}
            text = _("%(share)s (between %(low)s and %(high)s)") % {
                "share": PERCENT.text(share),
                **interval,
            }
        case {"moved": moved, "held": held}:
            text = _("%(moved)s put off, %(held)s held") % {"moved": moved, "held": held}
        case {"answers": answers}:
            text = ngettext(
                "%(number)s answer, on the page of the surveys",
                "%(number)s answers, on the page of the surveys",
                answers,
            ) % {"number": answers}
    return text


def _shown(cell: LedgerCell, scope: Scope, words: Words) -> Shown:
    measure = MEASURES.get(cell.measure)
    return Shown(
        cell=cell,
        what=words.measures.get(cell.measure, ANSWERS),
        definition=measure.definition if measure else "",
        whom=list(_whom(scope, words)),
        figure=in_words(cell.value or {}),
        reason=Refusal(cell.refusal).label if cell.refusal else "",
    )


def _whom(scope: Scope, words: Words) -> Iterable[str]:
    if scope.key:
        yield f"{REACHES[scope.reach]}: {words.names.get(scope.key, '–')}"
    elif not scope.parts:
        yield _("Everybody")
    for way, name in sorted(scope.parts, key=lambda part: list(Dimension).index(part[0])):
        yield words.sides[name] if way == Dimension.SIDE else f"{WAYS[way]}: {name}"
