"""What was answered in each cohort, as far as it was released: scores and choices, of nobody.

Words are never told here: those of a survey are for the people who run a program, and those to a
partner for the partner. Departments, locations and grades do not narrow this table.
"""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.feedback.queries.results import Result, SideResults, results_of
from mentoring.lib.privacy import DataClass
from mentoring.lib.sheets.columns import Column, Kind
from mentoring.reports.exporting.scope import CohortName, Scope
from mentoring.reports.exporting.tables.base import Row, Table, terms_of
from programs.enums import Moment, QuestionKind
from programs.models import Cohort

# More than any form asks; only foretells whether an export is small.
LINES_OF_A_COHORT = 100


def columns(scope: Scope) -> tuple[Column, ...]:
    return (
        Column("program", terms_of(scope)["program"]),
        Column("cohort", _("Cohort")),
        Column("moment", _("Moment")),
        Column("side", _("Answered by")),
        Column("version", _("Version of the questions"), Kind.INTEGER),
        Column("question", _("Question")),
        Column("kind", _("Kind of answer")),
        Column("released_on", _("Released on"), Kind.DATE),
        Column("n", _("Answers (n)"), Kind.INTEGER),
        Column("mean", _("Mean"), Kind.DECIMAL),
        Column("answer", _("Answer")),
        Column("count", _("How often"), Kind.INTEGER),
        Column("share", _("Share"), Kind.SHARE),
    )


def rows(scope: Scope) -> Iterator[Row]:
    """For each question a line with the mean, and one for each answer that may be told."""
    words = terms_of(scope)
    for cohort in scope.cohorts:
        for moment in Moment:
            for side in _results(scope, cohort, moment):
                for result in side.results:
                    begin = (
                        cohort.program,
                        cohort.name,
                        str(moment.label),
                        words[side.side],
                        side.version,
                        result.asked.text,
                        str(result.asked.kind.label),
                        result.released_on,
                    )
                    yield from ((*begin, *end) for end in _ends(result))


def _results(scope: Scope, cohort: CohortName, moment: Moment) -> list[SideResults]:
    with transaction.atomic():
        found = Cohort.objects.get(pk=cohort.pk)
        return results_of(found, moment, scope.language, until=scope.as_of)


def _ends(result: Result) -> Iterator[Row]:
    if result.asked.kind == QuestionKind.TEXT:
        return
    if result.mean is not None:
        yield (result.number, result.mean, None, None, None)
    for share in result.shares or ():
        part = share.count / (sum(each.count for each in result.shares or ()) or 1)
        yield (None, None, share.label, share.count, part)


SURVEYS = Table(
    key="surveys",
    title=gettext_lazy("Surveys"),
    about=gettext_lazy("Averages and answers that enough people have given; never words."),
    columns=columns,
    rows=rows,
    count=lambda scope, most: min(most, LINES_OF_A_COHORT * len(scope.cohorts)),
    data_class=DataClass.BUSINESS,
)
