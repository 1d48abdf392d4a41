"""Asking for somebody else, and ending a pair as one of those who run its cohort."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.pairings.operations import rematch as operations
from mentoring.pairings.queries.pairs import pairings_known_to, pairs_in
from programs.queries.cohorts import manageable_cohorts_of

STAY = "stay"


@member_view(Permission.TAKE_PART)
@require_POST
def pair_rematch(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Ask those who run the cohort for somebody else, or take it back; the partner is not told."""
    pairing = get_object_or_404(pairings_known_to(request.member), pk=pairing_id)
    side = pairing.side_of(request.member.pk)
    if request.POST.get("wish") == STAY:
        is_live = operations.go_on_after_all(pairing=pairing, side=side)
        text = _("Good. Your pair goes on, and nobody looks for somebody else.")
    else:
        is_live = operations.ask_for_somebody_else(pairing=pairing, side=side, now=timezone.now())
        text = _("The people who run this know it now, and will get in touch.")
    if is_live:
        messages.success(request, text)
    else:
        messages.info(request, _("This is not open any more. Nothing is lost."))
    return redirect("pair", request.organization.slug, pairing_id)


@member_view(Permission.COHORT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_pair_end(request: MemberRequest, cohort_id: UUID, pairing_id: UUID) -> HttpResponse:
    """Say what it means to end the pair, and end it for both."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    pairing = get_object_or_404(pairs_in(cohort), pk=pairing_id)
    ends = request.method == "POST"
    if ends and operations.end_for_both(pairing=pairing, actor=request.member, now=timezone.now()):
        text = _("The pair of %(mentor)s and %(mentee)s has ended. Both get the same neutral mail.")
        names = {"mentor": pairing.mentor.member, "mentee": pairing.mentee.member}
        messages.success(request, text % names)
        return redirect("cohort_matching", request.organization.slug, cohort.pk)
    if ends or pairing.ended_at:
        messages.info(request, _("This pair has ended already. Nobody is told again."))
        return redirect("cohort_health", request.organization.slug, cohort.pk)
    return page(request, "pairings/pair_end.html", {"cohort": cohort, "pairing": pairing})
