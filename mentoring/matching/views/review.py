"""Going through a plan: its pairs, and who is left without a partner."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from accounts.terms import Term, word_for
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Select, Table
from mentoring.matching.queries import review as queries
from mentoring.matching.queries.runs import newest_plan, rest_of
from mentoring.matching.recipes import from_json
from mentoring.matching.showing.figures import parts_of, points
from mentoring.matching.showing.reasons import obstacles, relief, sentences
from mentoring.matching.views.finding import plan_for
from mentoring.matching.words import ANSWERS, REASONS
from programs.enums import Side
from programs.queries.participants import places_in_the_organization

LIMITS = (30, 40, 50, 60, 70, 80)


def _locked(pairs: QuerySet[Any], value: str) -> QuerySet[Any]:
    return pairs.filter(is_locked=value == "yes")


def pairs_table(request: MemberRequest) -> Table:
    """The pairs of a plan with the organization's own departments and words."""
    terms = request.organization.terms
    departments = places_in_the_organization()["department"]
    by_department = Select("department", _("Department"), departments, apply=queries.in_department)
    below = [(str(limit), _("below %(points)d") % {"points": limit}) for limit in LIMITS]
    return Table(
        key="pairs",
        columns=(
            Column("select", _("Selection"), hidden_label=True),
            *(person_column(side, terms) for side in Side),
            Column("score", _("Score"), order=("score",), descending_first=True),
            Column("state", _("State")),
        ),
        filters=(
            Search("q", _("Search"), fields=("mentor__member__name", "mentee__member__name")),
            *([by_department] if departments else []),
            Select("score", _("Score"), below, apply=queries.below),
            Select("answer", _("State"), list(ANSWERS.items()), apply=queries.answered),
            Select(
                "locked",
                _("Kept together"),
                [("yes", _("Kept together by an admin")), ("no", _("Found by matching"))],
                apply=_locked,
            ),
        ),
        default_sort="score",
    )


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_matching_pairs(request: MemberRequest, cohort_id: UUID, run_id: UUID) -> HttpResponse:
    """The pairs of a plan, the weakest first."""
    run = plan_for(request, cohort_id, run_id)
    table = pairs_table(request).read(request.GET, queries.pairs_to_review(run), path=request.path)
    weights = from_json(run.settings).as_json()["weights"]
    newest = newest_plan(run.cohort)
    context = {
        "cohort": run.cohort,
        "may_manage": True,
        "run": run,
        "is_newest": newest is not None and newest.pk == run.pk,
        "pairs": table,
        "rows": [(row, points(row.score), parts_of(row.parts, weights)) for row in table.rows],
    }
    return page(request, "matching/pairs.html", context, part="pairs")


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_matching_rest(request: MemberRequest, cohort_id: UUID, run_id: UUID) -> HttpResponse:
    """Who is left without a partner, why, and what would help most."""
    run = plan_for(request, cohort_id, run_id)
    table = _rest_table(request).read(request.GET, rest_of(run), path=request.path)
    context = {
        "cohort": run.cohort,
        "may_manage": True,
        "run": run,
        "rest": table,
        "rows": [
            (row, sentences(row.reason, row.facts), obstacles(row.facts), relief(row.facts))
            for row in table.rows
        ],
    }
    return page(request, "matching/rest.html", context, part="rest")


def person_column(side: Side, terms: Any) -> Column:
    label = word_for(terms, Term(side)).capitalize()
    return Column(side.value, label, order=(f"{side}__member__sort_name",))


def _rest_table(request: MemberRequest) -> Table:
    terms = request.organization.terms
    sides = [(side.value, word_for(terms, Term(side)).capitalize()) for side in Side]
    return Table(
        key="rest",
        columns=(
            Column("name", _("Name"), order=("participant__member__sort_name",)),
            Column("side", _("Side"), order=("participant__side",)),
            Column("why", _("Why"), order=("reason",)),
            Column("help", _("What would help")),
        ),
        filters=(
            Search("q", _("Search"), fields=("participant__member__name",)),
            Select("side", _("Side"), sides, field="participant__side"),
            Select("why", _("Why"), list(REASONS.items()), field="reason"),
        ),
        default_sort="name",
    )
