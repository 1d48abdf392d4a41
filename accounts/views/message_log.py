"""The message center: what is to come, was sent, failed or was not sent, and why."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import message_center as center
from accounts import queries
from accounts.access import member_view
from accounts.operations import messages as operations
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.outbox.log import MOST, Tab, count_up_to, failed_now, schedules_ahead


@member_view(Permission.MESSAGES_VIEW)
@require_safe
def message_log(request: MemberRequest) -> HttpResponse:
    """One tab of the organization's messages."""
    tab, everything = center.tab_in(request.GET), queries.messages_of(request.member)
    rows = center.rows_of(tab, everything, request.GET.get("way", ""))
    table = center.table_of(tab).read(request.GET, rows, path=request.path)
    context = {
        "tab": tab,
        "tabs": center.tabs_of(everything),
        "log": table,
        "entries": center.entries_of(table.rows),
        "never_later": center.NEVER_LATER,
        "may_resend": request.member.may(Permission.MESSAGES_RESEND),
        "making": schedules_ahead() if tab == Tab.UPCOMING else None,
        **(_to_resend(request, rows) if tab == Tab.FAILED else {}),
    }
    return page(request, "accounts/message_log.html", context, part="messages")


@member_view(Permission.MESSAGES_RESEND)
@require_POST
def message_resend(request: MemberRequest, message_id: UUID) -> HttpResponse:
    """Send a failed message or a mail again, and return to the same part of the log."""
    message = get_object_or_404(queries.messages_of(request.member), pk=message_id)
    try:
        operations.resend(
            message=message,
            actor=request.member,
            now=timezone.now(),
            seen=request.POST.get("seen", ""),
        )
    except operations.NotAgain:
        text = _("This message was not sent again: it waits, or has changed since you looked.")
        messages.info(request, text)
    except operations.NotWanted:
        text = _("It was not sent again: it is not needed any more, or not wanted as a mail.")
        messages.info(request, text)
    except operations.TooLate:
        messages.error(request, _("This message has expired. It would not help anybody any more."))
    else:
        text = _("The message to %(recipient)s will be sent again in a moment.")
        messages.success(request, text % {"recipient": message.address or "–"})
    return _back(request)


@member_view(Permission.MESSAGES_RESEND)
@require_POST
def messages_resend(request: MemberRequest) -> HttpResponse:
    """Give all that failed and match the filter another chance, as many as were agreed to."""
    rows = center.rows_of(Tab.FAILED, queries.messages_of(request.member), "")
    matching = center.table_of(Tab.FAILED).narrow(request.GET, rows)
    expected = request.POST.get("count", "")
    try:
        count = operations.resend_all(
            messages=matching,
            expected=int(expected) if expected.isascii() and expected.isdigit() else -1,
            actor=request.member,
            now=timezone.now(),
        )
    except operations.OtherNumber:
        text = _("Other messages have failed or were sent again meanwhile. Please look once more.")
        messages.error(request, text)
    else:
        text = ngettext(
            "%(count)d message will be sent again in a moment.",
            "%(count)d messages will be sent again, one after the other.",
            count,
        )
        messages.success(request, text % {"count": count})
    return _back(request)


def _to_resend(request: MemberRequest, rows: Any) -> dict[str, int]:
    """How many of those that match can be sent again; as many as one press sends at most."""
    matching = center.table_of(Tab.FAILED).narrow(request.GET, rows)
    count = count_up_to(failed_now(matching, now=timezone.now()), MOST)
    return {"resendable": min(count, operations.AT_ONCE)}


def _back(request: MemberRequest) -> HttpResponse:
    log, query = reverse("message_log", args=[request.organization.slug]), request.GET.urlencode()
    return redirect(f"{log}?{query}" if query else log)
