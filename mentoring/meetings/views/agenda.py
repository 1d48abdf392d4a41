"""The agenda of a meeting: looking at it, and writing it together."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.meetings.agenda_refusals import said, told
from mentoring.meetings.forms.agenda import section_named
from mentoring.meetings.operations import agenda as operations
from mentoring.meetings.operations.planning import NotLive
from mentoring.meetings.queries import agenda as queries
from mentoring.meetings.views.agenda_page import (
    Sent,
    add_form,
    address,
    answer,
    change_form,
    show,
)
from mentoring.meetings.views.common import context_of
from programs.enums import Side


@member_view(Permission.TAKE_PART)
@require_safe
def meeting_agenda(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Agenda and notes; the next meeting's opens with what the last one wanted done."""
    now = timezone.now()
    context = context_of(request, meeting_id, now=now)
    if queries.is_writable(context["meeting"], context["card"]):
        with suppress(NotLive):
            operations.carry_over(meeting=context["meeting"], now=now)
    sent = Sent(removed=request.GET.get("removed", ""), edit=request.GET.get("edit", ""))
    return show(request, meeting_id, now=now, sent=sent, context=context)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_agenda_add(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Add a point; both may. Who comes back here from signing in again gets the agenda."""
    now = timezone.now()
    context = context_of(request, meeting_id, now=now)
    if request.method != "POST":
        return redirect(address(request, meeting_id))
    section = section_named(request.POST.get("section", ""))
    if section is None:
        raise Http404
    form = add_form(context, section, request.POST)
    if form.is_valid():
        text, side = form.cleaned_data["text"], context["card"].side
        with told(form, context["card"]):
            operations.add(
                meeting=context["meeting"], side=side, section=section, text=text, now=now
            )
            anchor = f"agenda-{section.value}"
            return answer(request, meeting_id, now=now, anchor=anchor, done=form.draft)
    return show(request, meeting_id, now=now, sent=Sent(add=form))


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item_change(request: MemberRequest, agenda_item_id: UUID) -> HttpResponse:
    """Say a point in other words; what somebody else wrote meanwhile is shown first."""
    now = timezone.now()
    item = get_object_or_404(queries.items_known_to(request.member), pk=agenda_item_id)
    context = context_of(request, item.meeting_id, now=now)
    if request.method != "POST":
        return redirect(f"{address(request, item.meeting_id)}?edit={item.pk}#item-{item.pk}")
    form = change_form(item.pk, request.POST)
    if form.is_valid():
        with told(form, context["card"]):
            operations.change(item=item, side=context["card"].side, **form.cleaned_data)
            anchor = f"item-{item.pk}"
            return answer(request, item.meeting_id, now=now, anchor=anchor, done=form.draft)
    return show(request, item.meeting_id, now=now, sent=Sent(change=form, edit=str(item.pk)))


@member_view(Permission.TAKE_PART)
@require_POST
def agenda_item_done(request: MemberRequest, agenda_item_id: UUID) -> HttpResponse:
    """Tick a point, or not any more; both may."""
    is_done = request.POST.get("done") == "1"
    return _act(
        request, agenda_item_id, lambda item, _s, _n: operations.tick(item=item, is_done=is_done)
    )


@member_view(Permission.TAKE_PART)
@require_POST
def agenda_item_move(request: MemberRequest, agenda_item_id: UUID) -> HttpResponse:
    """One place up or down; the mentor may."""
    is_up = request.POST.get("way") == "up"
    return _act(
        request,
        agenda_item_id,
        lambda item, side, _n: operations.move(item=item, side=side, is_up=is_up),
    )


@member_view(Permission.TAKE_PART)
@require_POST
def agenda_item_decline(request: MemberRequest, agenda_item_id: UUID) -> HttpResponse:
    """Keep a point for later that is none of the pair's topics, or take it up after all."""
    is_declined = request.POST.get("declined") == "1"
    return _act(
        request,
        agenda_item_id,
        lambda item, side, _n: operations.decline(item=item, side=side, is_declined=is_declined),
    )


@member_view(Permission.TAKE_PART)
@require_POST
def agenda_item_remove(request: MemberRequest, agenda_item_id: UUID) -> HttpResponse:
    """Take a point off the agenda; the page offers it back."""
    return _act(
        request,
        agenda_item_id,
        lambda item, side, now: operations.remove(item=item, side=side, now=now),
        removed=str(agenda_item_id),
    )


@member_view(Permission.TAKE_PART)
@require_POST
def agenda_item_restore(request: MemberRequest, agenda_item_id: UUID) -> HttpResponse:
    """Bring back what was removed a little while ago."""
    return _act(
        request,
        agenda_item_id,
        lambda item, side, now: operations.restore(item=item, side=side, now=now),
    )


@member_view(Permission.TAKE_PART)
@require_POST
def meeting_agenda_take_over(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Copy what a meeting that was called off leaves open to the next one."""
    now = timezone.now()
    context = context_of(request, meeting_id, now=now)
    with said(request):
        to = operations.take_over(meeting=context["meeting"], now=now)
        messages.success(request, _("Taken over. Here is the agenda of your next meeting."))
        return redirect(address(request, to.pk))
    return redirect(address(request, meeting_id))


def _act(
    request: MemberRequest,
    agenda_item_id: UUID,
    deed: Callable[[Any, Side, datetime], None],
    removed: str = "",
) -> HttpResponse:
    """Do something with a point of the member's and show the agenda; a refusal is said above."""
    now = timezone.now()
    item = get_object_or_404(queries.items_known_to(request.member), pk=agenda_item_id)
    card = context_of(request, item.meeting_id, now=now)["card"]
    with said(request):
        deed(item, card.side, now)
    return answer(request, item.meeting_id, now=now, removed=removed)
