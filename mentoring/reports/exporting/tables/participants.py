"""A line for each person on one side of one cohort."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.lib.sheets.columns import Column, Kind
from mentoring.reports.exporting.references import person_reference
from mentoring.reports.exporting.scope import Scope
from mentoring.reports.exporting.tables.base import (
    Field,
    Row,
    Table,
    by_cohort,
    columns_of,
    count_up_to,
    field,
    get,
    terms_of,
)

PLACES = ("department", "location", "grade")
DATES = ("invited_on", "enrolled_on", "withdrawn_on")
FLAGS = ("is_enrolled", "is_ready", "was_matched")
NAMES = ["cohort_id", "member_id", "side", *PLACES, *DATES, *FLAGS, "capacity", "partners"]
PEOPLE = ["member__name", "member__email"]
KEY = ("member_id", "side")


def fields(scope: Scope) -> list[Field]:
    """All columns; how somebody answered an invitation is not among them."""
    cohorts = {each.pk: each for each in scope.cohorts}
    words = terms_of(scope)

    def reference(row: dict[str, Any]) -> str:
        return person_reference(scope.organization.pk, row["member_id"])

    named = [
        field("name", _("Name"), value=get("member__name")),
        field("email", _("E-mail address"), value=get("member__email")),
    ]
    return [
        field("reference", _("Person"), value=reference),
        *([] if scope.is_pseudonymous else named),
        field("side", _("Side"), value=lambda row: words[row["side"]]),
        field("program", words["program"], value=lambda row: cohorts[row["cohort_id"]].program),
        field("cohort", _("Cohort"), value=lambda row: cohorts[row["cohort_id"]].name),
        field("department", _("Department")),
        field("location", _("Location")),
        field("grade", _("Grade")),
        field("invited_on", _("Invited on"), Kind.DATE),
        field("enrolled_on", _("Enrolled on"), Kind.DATE),
        field("withdrawn_on", _("Withdrawn on"), Kind.DATE),
        field("is_enrolled", _("Enrolled"), Kind.YES_NO),
        field("is_ready", _("Ready to match"), Kind.YES_NO),
        field("was_matched", _("Matched ever"), Kind.YES_NO),
        field("capacity", _("Places"), Kind.INTEGER),
        field("partners", _("Partners now"), Kind.INTEGER),
    ]


def columns(scope: Scope) -> tuple[Column, ...]:
    return columns_of(fields(scope))


def rows(scope: Scope) -> Iterator[Row]:
    """The cohorts one after the other, and in each the people in the order of their keys."""
    names = NAMES if scope.is_pseudonymous else [*NAMES, *PEOPLE]
    return by_cohort(scope, scope.seats(), fields(scope), key=KEY, names=names)


PARTICIPANTS = Table(
    key="participants",
    title=gettext_lazy("Participants"),
    about=gettext_lazy("Who was invited, enrolled, is ready, and has how many partners."),
    columns=columns,
    rows=rows,
    count=lambda scope, most: count_up_to(scope.seats(), most),
)
