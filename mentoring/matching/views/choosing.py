"""Putting a pair together by hand: choose one person, then the other."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Select, Table
from mentoring.matching.queries.review import candidates, people_in
from mentoring.matching.views.finding import plan_for, today_of
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Side
from programs.queries.participants import places_in_the_organization


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_matching_choose(request: MemberRequest, cohort_id: UUID, run_id: UUID) -> HttpResponse:
    """Everybody of one side who takes part, to look at together with somebody of the other."""
    run = plan_for(request, cohort_id, run_id)
    chosen = _chosen(request, run)
    side = OTHER_SIDE[Side(chosen.side)] if chosen else Side.MENTEE
    rows = candidates(run, side, today=today_of(request))
    table = _table().read(request.GET, rows, path=request.path)
    context = {
        "cohort": run.cohort,
        "may_manage": True,
        "run": run,
        "chosen": chosen,
        "side": side,
        "candidates": table,
        "rows": [(row, _next(request, run, chosen, row)) for row in table.rows],
    }
    return page(request, "matching/choose.html", context, part="candidates")


def _chosen(request: MemberRequest, run: Any) -> Any:
    """Whom the address names, if they are of this cohort."""
    for side in Side:
        try:
            key = UUID(request.GET.get(side.value, ""))
        except ValueError:
            continue
        if found := people_in(run.cohort).enrolled().filter(side=side, pk=key).first():
            return found
    return None


def _next(request: MemberRequest, run: Any, chosen: Any, row: Any) -> str:
    """The page of the two, or the same list for the other side."""
    here = [request.organization.slug, run.cohort_id, run.pk]
    if chosen is None:
        return f"{reverse('cohort_matching_choose', args=here)}?{row.side}={row.pk}"
    people = {chosen.side: chosen.pk, row.side: row.pk}
    return reverse("cohort_matching_pair", args=[*here, people["mentor"], people["mentee"]])


def _table() -> Table:
    choices = places_in_the_organization()
    filters = (
        Select("department", _("Department"), choices["department"], field="member__department"),
        Select("grade", _("Grade"), choices["grade"], field="member__grade"),
    )
    return Table(
        key="candidates",
        columns=(
            Column("name", _("Name"), order=("member__sort_name",)),
            Column("grade", _("Grade"), order=("member__grade__rank",)),
            Column("location", _("Location")),
            Column("partners", _("Partners in this plan"), order=("partners",)),
        ),
        filters=(
            Search("q", _("Search"), fields=("member__name", "member__email")),
            *(each for each in filters if choices[each.key]),
        ),
        default_sort="name",
        keep=("mentor", "mentee"),
    )
