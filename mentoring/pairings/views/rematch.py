"""Asking for somebody else, and what those who run a cohort do for a pair."""

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
from mentoring.pairings.forms.wishes import HelpedForm
from mentoring.pairings.operations.rematch import end_for_both
from mentoring.pairings.operations.wishes import ask, have_helped, take_back
from mentoring.pairings.queries.pairs import pairings_known_to, pairs_in, pairs_run_by
from mentoring.pairings.wishes import A_HAND, SOMEBODY_ELSE, Wish
from programs.queries.cohorts import manageable_cohorts_of

STAY = "stay"
# Pages on which one can ask for a hand.
ASKED_ON = ("pair_ending", "pair_check_in")


@member_view(Permission.TAKE_PART)
@require_POST
def pair_rematch(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Ask those who run the cohort for somebody else, or take it back; the partner is not told."""
    text = _("Good. Your pair goes on, and nobody looks for somebody else.")
    _wish(request, pairing_id, SOMEBODY_ELSE, taken_back=text)
    return redirect("pair", request.organization.slug, pairing_id)


@member_view(Permission.TAKE_PART)
@require_POST
def pair_hand(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Ask those who run the cohort for a hand, or take it back; the partner is not told."""
    text = _("Good. The people who run this are not asked any more.")
    _wish(request, pairing_id, A_HAND, taken_back=text)
    back = request.POST.get("back")
    view = back if back in ASKED_ON else ASKED_ON[0]
    return redirect(view, request.organization.slug, pairing_id)


@member_view(Permission.COHORT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_pair_end(request: MemberRequest, cohort_id: UUID, pairing_id: UUID) -> HttpResponse:
    """Say what it means to end the pair, and end it for both."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    pairing = get_object_or_404(pairs_in(cohort), pk=pairing_id)
    ends = request.method == "POST"
    if ends and end_for_both(pairing=pairing, actor=request.member, now=timezone.now()):
        text = _("The pair of %(mentor)s and %(mentee)s has ended. Both get the same neutral mail.")
        names = {"mentor": pairing.mentor.member, "mentee": pairing.mentee.member}
        messages.success(request, text % names)
        return redirect("cohort_matching", request.organization.slug, cohort.pk)
    if ends or pairing.ended_at:
        messages.info(request, _("This pair has ended already. Nobody is told again."))
        return redirect("cohort_health", request.organization.slug, cohort.pk)
    return page(request, "pairings/pair_end.html", {"cohort": cohort, "pairing": pairing})


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_pair_helped(request: MemberRequest, cohort_id: UUID, pairing_id: UUID) -> HttpResponse:
    """Somebody who asked for a hand has had it: the board need not say it any more."""
    cohort = get_object_or_404(manageable_cohorts_of(request.member), pk=cohort_id)
    pairing = get_object_or_404(pairs_run_by(request.member, cohort), pk=pairing_id)
    form = HelpedForm(request.POST)
    if form.is_valid() and have_helped(pairing=pairing, **form.cleaned_data):
        messages.success(request, _("Thank you. The board does not ask for it any more."))
    else:
        messages.info(request, _("This has changed meanwhile. Please look at the board again."))
    return redirect("cohort_health", request.organization.slug, cohort.pk)


def _wish(request: MemberRequest, pairing_id: UUID, wish: Wish, *, taken_back: str) -> None:
    """Ask for it, or no more, as the member of the pair; say what has become of it."""
    pairing = get_object_or_404(pairings_known_to(request.member), pk=pairing_id)
    side = pairing.side_of(request.member.pk)
    if request.POST.get("wish") == STAY:
        is_live, text = take_back(wish, pairing=pairing, side=side), taken_back
    else:
        is_live = ask(wish, pairing=pairing, side=side, now=timezone.now())
        text = _("The people who run this know it now, and will get in touch.")
    if is_live:
        messages.success(request, text)
    else:
        messages.info(request, _("This is not open any more. Nothing is lost."))
