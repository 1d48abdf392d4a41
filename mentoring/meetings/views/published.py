"""“You said, we did”: what leaders of a cohort do because of the conversations."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.meetings.operations.publishing import take_down
from mentoring.meetings.queries import commitments as queries
from programs.queries.cohorts import manageable_cohorts_of

ON_A_PAGE = 20


@member_view(Permission.TAKE_PART)
@require_safe
def cohort_commitments(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """By month, without names; for those who take part in the cohort and those who run it."""
    cohort = get_object_or_404(queries.cohorts_readable_for(request.member), pk=cohort_id)
    rows = Paginator(queries.published_in(cohort), ON_A_PAGE)
    context = {
        "cohort": cohort,
        "commitments": rows.get_page(request.GET.get("page")),
        "counts": queries.counts_in(cohort),
        "least": queries.LEAST_LEADERS,
        "may_take_down": queries.may_take_down(request.member, cohort),
    }
    return page(request, "meetings/said.html", context, part="commitments")


@member_view(Permission.COHORT_MANAGE)
@require_POST
def commitment_take_down(
    request: MemberRequest, cohort_id: UUID, published_id: UUID
) -> HttpResponse:
    """Somebody who runs the cohort takes a wording down that tells whose it is."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    if take_down(cohort=cohort, published_id=published_id, actor=request.member):
        messages.success(request, _("Taken down. Nobody in the cohort reads it any more."))
    else:
        messages.info(request, _("It is not there any more."))
    return redirect("cohort_commitments", request.organization.slug, cohort_id)


@member_view(Permission.TAKE_PART)
@require_safe
def own_commitments(request: MemberRequest) -> HttpResponse:
    """Where to read what leaders did; also a page part, empty where nothing is published."""
    cohorts = queries.own_cohorts_with_commitments(request.member)
    context = {"cohorts": cohorts}
    return page(request, "meetings/own_said.html", context, part="said")
