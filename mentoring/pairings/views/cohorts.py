"""What those who run a cohort are told about its pairs."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.pairings.queries.pairs import counts_of
from programs.queries.cohorts import manageable_cohorts_of


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_pairs(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """How many pairings are in each state: numbers, and nobody's answer."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    counts = [(state.label, number) for state, number in counts_of(cohort).items()]
    context = {"cohort": cohort, "counts": counts}
    return page(request, "pairings/cohort_pairs.html", context, part="counts")
