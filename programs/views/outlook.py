"""Who of a cohort would get what in the next days."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from programs.ahead import next_days_of
from programs.queries.cohorts import manageable_cohorts_of


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_outlook(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """The next thirty days as things stand. Nothing is sent, written or promised by looking."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    context = {
        "cohort": cohort,
        "may_manage": True,
        "ahead": next_days_of(cohort, now=timezone.now()),
    }
    return page(request, "programs/cohorts/outlook.html", context)
