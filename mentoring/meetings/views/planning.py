"""Planning the meetings of a pair, moving them, and calling them off."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.meetings import proposals, refusals
from mentoring.meetings.forms.meetings import CancelForm, ChangeForm, PlanForm
from mentoring.meetings.operations import planning as operations
from mentoring.meetings.views.common import context_of
from mentoring.pairings.queries.pairs import card_of, pairings_known_to

MILD_HINT_BELOW = 45


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_plan(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Plan a meeting; both get an entry for their calendars."""
    now = timezone.now()
    pairing = get_object_or_404(pairings_known_to(request.member), pk=pairing_id)
    card = card_of(pairing, request.member, now=now)
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, now=now, initial=proposals.next_meeting(pairing, now=now))
    if request.method == "POST" and form.is_valid():
        with refusals.told(form):
            operations.plan(pairing=pairing, side=card.side, wanted=form.plan, now=now)
            _praise(request, _("The meeting is planned. You both get it for your calendars."), form)
            return redirect("pair", request.organization.slug, pairing_id)
    context = {"card": card, "pairing": pairing, "form": form}
    return page(request, "meetings/plan.html", context)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_move(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Choose another time in the same step, or another place; both calendars hear of it."""
    now = timezone.now()
    context = context_of(request, meeting_id, now=now)
    initial = proposals.as_it_stands(context["meeting"])
    form = ChangeForm(request.POST if request.method == "POST" else None, now=now, initial=initial)
    if request.method == "POST" and form.is_valid():
        meeting, seen = context["meeting"], form.cleaned_data["seen"]
        with refusals.told(form):
            side, wanted = context["card"].side, form.plan
            operations.change(meeting=meeting, seen=seen, side=side, wanted=wanted, now=now)
            _praise(request, _("The change is saved. You both get it for your calendars."), form)
            return redirect("pair", request.organization.slug, meeting.pairing_id)
        context = context_of(request, meeting_id, now=now)
    return page(request, "meetings/move.html", {**context, "form": form})


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Call a meeting off with a neutral reason; a new date is offered first."""
    now = timezone.now()
    context = context_of(request, meeting_id, now=now)
    initial = {"seen": context["meeting"].sequence}
    form = CancelForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        meeting, side = context["meeting"], context["card"].side
        with refusals.told(form):
            operations.cancel(meeting=meeting, side=side, now=now, **form.cleaned_data)
            messages.success(request, _("The meeting is called off. You both get a mail."))
            return redirect("pair", request.organization.slug, meeting.pairing_id)
        context = context_of(request, meeting_id, now=now)
    return page(request, "meetings/cancel.html", {**context, "form": form})


def _praise(request: MemberRequest, text: str, form: PlanForm) -> None:
    """Say that it is done, with a mild hint when there is little time."""
    messages.success(request, text)
    if form.cleaned_data["minutes"] < MILD_HINT_BELOW:
        hint = _("A short meeting is fine. Many pairs find that 45 minutes leave more room.")
        messages.info(request, hint)
