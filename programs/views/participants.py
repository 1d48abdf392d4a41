"""One person of a cohort, as an admin may see them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.clock import day_at, zone_named
from mentoring.lib.pages import page
from programs.operations import preparations
from programs.queries import participants as queries
from programs.queries.cohorts import manageable_cohorts_of


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_person(request: MemberRequest, cohort_id: UUID, participant_id: UUID) -> HttpResponse:
    """Where somebody stands in a cohort; what they wrote privately is not here."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    row = get_object_or_404(queries.people_in(cohort), pk=participant_id)
    context = {
        "cohort": cohort,
        "may_manage": True,
        "row": row,
        "preparation": queries.preparation_of(row),
        "today": day_at(timezone.now(), zone_named(request.organization.time_zone)),
    }
    return page(request, "programs/people/person.html", context)


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_person_prepared(
    request: MemberRequest, cohort_id: UUID, participant_id: UUID
) -> HttpResponse:
    """Mark one preparation item as done today, or as open again."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    row = get_object_or_404(queries.people_in(cohort), pk=participant_id)
    item = queries.item_named(cohort, request.POST.get("item", ""))
    if item and "done" in request.POST:
        preparations.mark_done(
            participants=[row], item=item, actor=request.member, done_at=timezone.now()
        )
        messages.success(request, _("%(item)s is marked as done.") % {"item": item})
    elif item:
        preparations.mark_open(participant=row, item=item, actor=request.member)
        messages.success(request, _("%(item)s is marked as open.") % {"item": item})
    return redirect("cohort_person", request.organization.slug, cohort_id, participant_id)
