"""One page for a board: a few numbers with what they mean, and never anybody's name."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.lib.charts.palette import on_paper
from mentoring.lib.pdfs import render_pdf
from mentoring.lib.sheets.columns import Out
from mentoring.reports.exporting.asking import question_of
from mentoring.reports.exporting.cover import lines_of
from mentoring.reports.exporting.scope import CohortName, Scope
from mentoring.reports.metrics import FUNNEL, METRICS
from mentoring.reports.models import Export
from mentoring.reports.queries.figures import Figure, Figures, history_of

HEADLINES = (
    "enrolled",
    "matched_ever",
    "pairs_live",
    "in_rhythm",
    "cadence_kept",
    "meetings",
    "hours",
    "time_to_match",
    "pairs_completed",
    "pairs_closed_early",
)
COMPARED = ("enrolled", "pairs_live", "in_rhythm", "meetings", "hours")
# As many as leave it one page, whatever they are called.
MOST_COHORTS = 6


@dataclass(frozen=True, slots=True)
class Compared:
    """A cohort beside the others."""

    cohort: CohortName
    figures: list[Figure]


def write_board(export: Export, scope: Scope, out: Out) -> None:
    """The page, in the language of the export."""
    with transaction.atomic():
        asked = question_of(scope)
        history = history_of(asked, months=1)
    figures, by_cohort = history.total(), history.by_cohort()
    known = [each for each in scope.cohorts if each.pk in by_cohort]
    context = {
        "organization": scope.organization.name,
        "as_of": scope.as_of,
        "headlines": [figures[key] for key in HEADLINES],
        "steps": _steps(figures),
        "ink": on_paper(0),
        "columns": [METRICS[key] for key in COMPARED],
        "compared": [
            Compared(each, [by_cohort[each.pk][key] for key in COMPARED])
            for each in known[:MOST_COHORTS]
        ],
        "more": max(0, len(known) - MOST_COHORTS),
        "about": dict(lines_of(export, scope)),
        "purpose": export.purpose,
        "asked_by": str(export.requested_by),
        "version": export.version,
        "departments": scope.departments,
        "locations": scope.locations,
        "grades": scope.grades,
    }
    title = _("Mentoring at %(organization)s") % {"organization": scope.organization.name}
    out.write(render_pdf("reports/board_pdf.html", context, language=export.language, title=title))


def _steps(figures: Figures) -> list[tuple[Figure, int]]:
    """From the invitation to an active pair, with the length of a bar in hundredths."""
    found = [figures[key] for key in FUNNEL]
    most = max((each.numerator for each in found), default=0) or 1
    return [(each, round(100 * each.numerator / most)) for each in found]
