"""What stands in front of the tables: what they tell, of whom, for what, and who asked.

When the file was made is not said, so that the same question has the same bytes.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.terms import Form, Term, word_for
from mentoring.reports.exporting.registry import chosen
from mentoring.reports.exporting.scope import Scope
from mentoring.reports.models import Export

MOST_NAMED = 20


def lines_of(export: Export, scope: Scope) -> list[tuple[str, str]]:
    """Names and what they stand for, in the language of the export."""
    everything = _("all")
    programs = word_for(scope.organization.terms, Term.PROGRAM, Form.MANY)
    lines = [
        (_("Organization"), scope.organization.name),
        (_("As of"), _("%(day)s, end of the day") % {"day": scope.as_of.isoformat()}),
        (_("Time zone"), scope.zone.key),
        (_("Tables"), ", ".join(str(each.title) for each in chosen(export.tables))),
        (programs[:1].upper() + programs[1:], _several(sorted({c.program for c in scope.cohorts}))),
        (_("Cohorts"), _several([each.name for each in scope.cohorts])),
        (_("Departments"), ", ".join(scope.departments) or everything),
        (_("Locations"), ", ".join(scope.locations) or everything),
        (_("Grades"), ", ".join(scope.grades) or everything),
        (_("Names"), _("left out") if scope.is_pseudonymous else _("included")),
        (_("Purpose"), export.purpose),
        (_("Asked for by"), str(export.requested_by)),
        (_("Version"), export.version),
    ]
    if scope.departments or scope.locations or scope.grades:
        lines.append(
            (
                _("How people are chosen"),
                _(
                    "A pair counts when one of its two people is in all of these parts of the"
                    " organization. They do not narrow surveys and the audit log."
                ),
            )
        )
    return lines


def _several(names: list[str]) -> str:
    if not names:
        return _("none")
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    if more <= 0:
        return shown
    return shown + ngettext(" and %(more)d more", " and %(more)d more", more) % {"more": more}
