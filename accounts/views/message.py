"""One message: what became of it, and what it says if it is of a kind that shows that."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from accounts import message_center as center
from accounts import queries
from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.outbox import preview
from mentoring.outbox.log import tab_of
from mentoring.outbox.showing import CannotBeWritten, Confidential, shown, shows_text

FRAMED: dict[str, Any] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}


@member_view(Permission.MESSAGES_VIEW)
@csp_override(FRAMED)
@require_safe
def message(request: MemberRequest, message_id: UUID) -> HttpResponse:
    """What became of it, and its text, or that nobody but its reader sees that."""
    found = get_object_or_404(queries.messages_of(request.member), pk=message_id)
    (entry,), now = center.entries_of([found]), timezone.now()
    tab = tab_of(found)
    context: dict[str, Any] = {
        "entry": entry,
        "tab": tab,
        "tab_label": center.TABS[tab],
        "shows_text": shows_text(found),
        "why_not_again": center.why_not_again(entry, now=now),
        "may_resend": request.member.may(Permission.MESSAGES_RESEND),
    }
    try:
        context["shown"] = shown(found, now=now)
    except (Confidential, CannotBeWritten):
        context["shown"] = None
    return page(request, "accounts/message.html", context)


@member_view(Permission.MESSAGES_VIEW)
@never_cache
@xframe_options_sameorigin
@require_safe
def message_html(request: MemberRequest, message_id: UUID) -> HttpResponse:
    """The text alone, sandboxed, for the frame; where there is none, back to the message."""
    found = get_object_or_404(queries.messages_of(request.member), pk=message_id)
    try:
        html = shown(found, now=timezone.now()).html
    except (Confidential, CannotBeWritten):
        return redirect("message", request.organization.slug, found.pk)
    response = HttpResponse(html)
    response._csp_config = preview.policy_for(html)  # type: ignore[attr-defined]
    return response
