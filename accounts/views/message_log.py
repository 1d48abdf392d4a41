"""What was sent to whom, or why not. There is no text in it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import queries
from accounts.access import member_view
from accounts.operations import messages as operations
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Select, Table
from mentoring.outbox.enums import Channel, State
from mentoring.outbox.registry import kind_choices

MESSAGES = Table(
    key="messages",
    columns=(
        Column("recipient", gettext_lazy("Recipient"), order=("address",)),
        Column("state", gettext_lazy("State"), order=("state",)),
        Column("due", gettext_lazy("Due"), order=("due_at", "id"), descending_first=True),
        Column("done", gettext_lazy("Done"), order=("finished_at",), descending_first=True),
        Column("attempts", gettext_lazy("Attempts"), order=("attempts",), align="end"),
        Column("actions", gettext_lazy("Actions"), hidden_label=True),
    ),
    filters=(
        Search("q", gettext_lazy("Recipient"), fields=("address",)),
        Select("state", gettext_lazy("State"), choices=State.choices, field="state"),
        Select("channel", gettext_lazy("Way"), choices=Channel.choices, field="channel"),
        Select("kind", gettext_lazy("Message"), choices=kind_choices, field="kind"),
    ),
    default_sort="-due",
)
TONES = {
    State.QUEUED: "info",
    State.CLAIMED: "info",
    State.SENT: "success",
    State.SKIPPED: "neutral",
    State.EXPIRED: "warning",
    State.QUARANTINED: "danger",
}


@member_view(Permission.MESSAGES_VIEW)
@require_safe
def message_log(request: MemberRequest) -> HttpResponse:
    """The organization's messages, latest first."""
    table = MESSAGES.read(request.GET, queries.messages_of(request.member), path=request.path)
    context = {
        "log": table,
        "rows": [(each, TONES[State(each.state)]) for each in table.rows],
        "may_resend": request.member.may(Permission.MESSAGES_RESEND),
    }
    return page(request, "accounts/message_log.html", context, part="messages")


@member_view(Permission.MESSAGES_RESEND)
@require_POST
def message_resend(request: MemberRequest, message_id: UUID) -> HttpResponse:
    """Give a failed message another chance, and return to the same part of the log."""
    message = get_object_or_404(queries.messages_of(request.member), pk=message_id)
    try:
        operations.resend(message=message, actor=request.member, now=timezone.now())
    except operations.NotFailed:
        messages.info(request, _("This message has not failed, so it was not sent again."))
    except operations.TooLate:
        messages.error(request, _("This message has expired. It would not help anybody any more."))
    else:
        text = _("The message to %(recipient)s will be sent again in a moment.")
        messages.success(request, text % {"recipient": message.address})
    log = reverse("message_log", args=[request.organization.slug])
    query = request.GET.urlencode()
    return redirect(f"{log}?{query}" if query else log)
