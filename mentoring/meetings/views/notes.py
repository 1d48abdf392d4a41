"""Notes of a meeting: together, and for oneself."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.meetings.agenda_refusals import told
from mentoring.meetings.operations import notes as operations
from mentoring.meetings.views.agenda_page import (
    PRIVATE,
    SHARED,
    Sent,
    address,
    answer,
    note_form,
    show,
)
from mentoring.meetings.views.common import context_of


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_shared_note(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Save the note of both; what the other saved meanwhile is shown beside it first."""
    return _save(request, meeting_id, SHARED, operations.save_shared)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_private_note(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """Save the note that nobody else reads."""
    return _save(request, meeting_id, PRIVATE, operations.save_private)


def _save(
    request: MemberRequest, meeting_id: UUID, name: str, save: Callable[..., None]
) -> HttpResponse:
    """Who comes back here from signing in again gets the page, with the draft in it."""
    now = timezone.now()
    context = context_of(request, meeting_id, now=now)
    if request.method != "POST":
        return redirect(f"{address(request, meeting_id)}#{name}-note")
    form = note_form(context, name, request.POST)
    if form.is_valid():
        with told(form, context["card"]):
            save(
                meeting=context["meeting"], side=context["card"].side, now=now, **form.cleaned_data
            )
            messages.success(request, _("Your note is saved."))
            anchor = f"{name}-note"
            return answer(request, meeting_id, now=now, anchor=anchor, done=form.draft)
    return show(request, meeting_id, now=now, sent=Sent(notes={name: form}))
