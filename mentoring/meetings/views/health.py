"""The health of a cohort's pairs, for those who run it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from accounts.terms import Form, Term, word_for
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Select, Table
from mentoring.meetings.board import Row
from mentoring.meetings.queries import health as queries
from mentoring.pairings.enums import LIVE
from programs.enums import Side
from programs.queries.cohorts import manageable_cohorts_of
from programs.queries.enrollment import today_of


def _table(request: MemberRequest) -> Table:
    terms = request.organization.terms
    people = [
        Column(side.value, word_for(terms, Term(side.value), Form.ONE).capitalize(), (name,))
        for side in Side
        for name in (f"{side}__member__name",)
    ]
    return Table(
        key="pairs",
        columns=(
            *people,
            Column("state", _("State"), order=("state", "pk")),
            Column("met", _("Last met"), order=("last_met_at",), descending_first=True),
            Column("next", _("Next meeting"), order=("next_at",)),
            Column("needs", _("What to do"), order=("needs", "drift"), descending_first=True),
        ),
        filters=(
            Search("q", _("Search"), fields=("mentor__member__name", "mentee__member__name")),
            Select(
                "needs",
                _("What to do"),
                [("yes", _("Needs attention")), ("no", _("All well"))],
                apply=queries.needing,
            ),
            Select("state", _("State"), [(each.value, each.label) for each in LIVE], "state"),
        ),
        default_sort="-needs",
    )


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_health(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """The live pairs, those first that need somebody: when and how often, never about what."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    now = timezone.now()
    rows = queries.pairs_of(
        cohort, queries.Look(request.member.pk, now, today_of(request.member, now))
    )
    table = _table(request).read(request.GET, rows, path=request.path)
    context = {
        "cohort": cohort,
        "may_manage": True,
        "pairs": table,
        "rows": [Row.of(pair) for pair in table.rows],
    }
    return page(request, "meetings/health.html", context, part="pairs")
