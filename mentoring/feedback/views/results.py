"""What a cohort answered, for those who may look at it: in numbers, and never by whom."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.feedback import disclosure
from mentoring.feedback.queries.results import results_of
from mentoring.lib.pages import page
from programs.enums import Moment
from programs.queries.cohorts import cohorts_of, manageable_cohorts_of


@member_view(Permission.PROGRAM_VIEW)
@require_safe
def cohort_results(request: MemberRequest, cohort_id: UUID, moment: str) -> HttpResponse:
    """One moment: averages, distributions and comments, as far as enough people have answered."""
    cohort = get_object_or_404(cohorts_of(request.member), pk=cohort_id)
    if moment not in Moment:
        raise Http404
    context = {
        "cohort": cohort,
        "may_manage": manageable_cohorts_of(request.member).filter(pk=cohort.pk).exists(),
        "moment": Moment(moment),
        "moments": Moment,
        "sides": results_of(cohort, Moment(moment), get_language() or ""),
        "least": disclosure,
    }
    return page(request, "feedback/results.html", context)
