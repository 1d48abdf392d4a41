"""Noting that two people have met, and all their meetings."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.meetings import proposals, refusals
from mentoring.meetings.forms.meetings import CorrectForm, LogForm, SeenForm
from mentoring.meetings.operations import logs as operations
from mentoring.meetings.queries import meetings as queries
from mentoring.meetings.views.common import context_of
from mentoring.pairings.queries.pairs import card_of, pairings_known_to

ON_A_PAGE = 20


@member_view(Permission.TAKE_PART)
@require_safe
def pair_meetings(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """All meetings of a pair, the latest first, and who did what with them."""
    now = timezone.now()
    pairing = get_object_or_404(pairings_known_to(request.member), pk=pairing_id)
    card = card_of(pairing, request.member, now=now)
    rows = Paginator(queries.meetings_of(pairing), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = queries.lines_of(rows, card, now=now)
    context = {"card": card, "pairing": pairing, "meetings": rows, "lines": lines}
    return page(request, "meetings/meetings.html", context, part="meetings")


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_log(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Note a meeting that was held without being planned here."""
    now = timezone.now()
    pairing = get_object_or_404(pairings_known_to(request.member), pk=pairing_id)
    card = card_of(pairing, request.member, now=now)
    data = request.POST if request.method == "POST" else None
    form = LogForm(data, now=now, initial=proposals.held_meeting(pairing, now=now))
    if request.method == "POST" and form.is_valid():
        with refusals.told(form):
            operations.log(pairing=pairing, side=card.side, was=form.plan, now=now)
            messages.success(request, _("Noted. Thank you."))
            return redirect("pair", request.organization.slug, pairing_id)
    context = {"card": card, "pairing": pairing, "form": form}
    return page(request, "meetings/log.html", context)


@member_view(Permission.TAKE_PART)
@require_POST
def meeting_held(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """“Yes, we met”, as planned: one click."""
    now = timezone.now()
    context = context_of(request, meeting_id, now=now)
    meeting, form = context["meeting"], SeenForm(request.POST)
    with refusals.told(form):
        operations.hold(meeting=meeting, side=context["card"].side, now=now)
        messages.success(request, _("Noted. Thank you."))
    for error in form.non_field_errors():
        messages.info(request, str(error))
    return redirect("pair", request.organization.slug, meeting.pairing_id)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_correct(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Put date, length or form of a held meeting right; both may."""
    now = timezone.now()
    context = context_of(request, meeting_id, now=now)
    initial = proposals.as_it_stands(context["meeting"])
    form = CorrectForm(request.POST if request.method == "POST" else None, now=now, initial=initial)
    if request.method == "POST" and form.is_valid():
        meeting, seen = context["meeting"], form.cleaned_data["seen"]
        with refusals.told(form):
            side, was = context["card"].side, form.plan
            operations.correct(meeting=meeting, seen=seen, side=side, was=was, now=now)
            messages.success(request, _("Put right. Your partner sees it, too."))
            return redirect("pair_meetings", request.organization.slug, meeting.pairing_id)
        context = context_of(request, meeting_id, now=now)
    return page(request, "meetings/correct.html", {**context, "form": form})


@member_view(Permission.TAKE_PART)
@require_POST
def meeting_take_back(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """A meeting that was noted by mistake counts no more."""
    now = timezone.now()
    context = context_of(request, meeting_id, now=now)
    meeting, form = context["meeting"], SeenForm(request.POST)
    if form.is_valid():
        with refusals.told(form):
            side, seen = context["card"].side, form.cleaned_data["seen"]
            operations.take_back(meeting=meeting, seen=seen, side=side, now=now)
            messages.success(request, _("Taken back. It counts no more."))
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("pair_meetings", request.organization.slug, meeting.pairing_id)
