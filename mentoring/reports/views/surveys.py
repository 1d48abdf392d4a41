"""How many of a cohort have answered each wave."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.clock import day_at, zone_named
from mentoring.lib.pages import page
from mentoring.reports.queries.waves import wave_rates
from mentoring.reports.showing.waves import shown_rates
from programs.enums import WAVES
from programs.queries.cohorts import cohorts_of, manageable_cohorts_of


@member_view(Permission.PROGRAM_VIEW)
@require_safe
def cohort_surveys(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """How many were asked in each wave, and what share has answered; never who."""
    cohort = get_object_or_404(cohorts_of(request.member), pk=cohort_id)
    now = timezone.now()
    today = day_at(now, zone_named(request.organization.time_zone))
    waves = wave_rates(cohort, today=today, now=now)
    asked = {each.wave.moment for each in waves}
    ahead = [each for each in WAVES if each in cohort.program.waves and each not in asked]
    context = {
        "cohort": cohort,
        "may_manage": manageable_cohorts_of(request.member).filter(pk=cohort_id).exists(),
        "waves": shown_rates(waves),
        "ahead": [each.label for each in ahead],
    }
    return page(request, "reports/surveys.html", context)
