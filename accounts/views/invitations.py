"""Inviting people, and what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import queries, reports
from accounts.access import member_view
from accounts.enums import InvitationState
from accounts.forms.invitations import InvitationsForm
from accounts.operations import invitations as operations
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Select, Table


def _in_state(rows: Any, value: str) -> Any:
    return rows.in_state(InvitationState(value), now=timezone.now())


INVITATIONS = Table(
    key="invitations",
    columns=(
        Column("email", gettext_lazy("Invited"), order=("email",)),
        Column("state", gettext_lazy("State")),
        Column("by", gettext_lazy("Invited by"), order=("invited_by__name",)),
        Column("sent", gettext_lazy("Sent"), order=("sent_at",), descending_first=True),
        Column("actions", gettext_lazy("Actions"), hidden_label=True),
    ),
    filters=(
        Search("q", gettext_lazy("Search"), fields=("email", "invited_by__name")),
        Select("state", gettext_lazy("State"), choices=InvitationState.choices, apply=_in_state),
    ),
    default_sort="-sent",
)


@member_view(Permission.PEOPLE_INVITE)
@require_safe
def invitations(request: MemberRequest) -> HttpResponse:
    """Who was invited, and who has answered."""
    now = timezone.now()
    table = INVITATIONS.read(request.GET, queries.invitations_of(request.member), path=request.path)
    states = [(each, each.state(now=now)) for each in table.rows]
    context = {"invitations": table, "rows": states}
    return page(request, "accounts/invitations.html", context, part="invitations")


@member_view(Permission.PEOPLE_INVITE)
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_new(request: MemberRequest) -> HttpResponse:
    """Invite by pasted addresses.

    When a line has a problem nobody is invited: the report says what is wrong with which
    line, and offers to invite the others.
    """
    now = timezone.now()
    with_roles = request.member.may(Permission.ROLES_EDIT)
    form = InvitationsForm(request.POST or None, with_roles=with_roles)
    report = None
    if request.method == "POST" and form.is_valid():
        report = reports.report_on(form.cleaned_data["people"], now=now)
        if report.ready and ("skip" in request.POST or not report.problems):
            sent = operations.invite(
                emails=report.ready,
                roles=form.cleaned_data["roles"],
                reach=form.cleaned_data["reach"],
                actor=request.member,
                now=now,
            )
            messages.success(request, _sent(len(sent)))
            return redirect("invitations", request.organization.slug)
    return page(request, "accounts/invitation_new.html", {"form": form, "report": report})


@member_view(Permission.PEOPLE_INVITE)
@require_POST
def invitation_resend(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """Send a new link; the earlier one is dead."""
    invitation = get_object_or_404(queries.invitations_of(request.member), pk=invitation_id)
    try:
        operations.resend(invitation=invitation, actor=request.member, now=timezone.now())
    except operations.TooSoon:
        messages.info(request, _("This invitation was sent a moment ago."))
    except operations.InvitationClosed as closed:
        messages.error(request, _closed(closed.state))
    else:
        messages.success(
            request, _("A new link is on its way to %(email)s.") % {"email": invitation}
        )
    return redirect("invitations", request.organization.slug)


@member_view(Permission.PEOPLE_INVITE)
@require_POST
def invitation_revoke(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """Make the link useless."""
    invitation = get_object_or_404(queries.invitations_of(request.member), pk=invitation_id)
    try:
        operations.revoke(invitation=invitation, actor=request.member, now=timezone.now())
    except operations.InvitationClosed as closed:
        messages.error(request, _closed(closed.state))
    else:
        messages.success(request, _("The link to %(email)s works no more.") % {"email": invitation})
    return redirect("invitations", request.organization.slug)


def _sent(count: int) -> str:
    return ngettext(
        "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", count
    ) % {"count": count}


def _closed(state: InvitationState) -> str:
    if state == InvitationState.ACCEPTED:
        return _("This invitation has been accepted already.")
    return _("This invitation was revoked. Please invite the person again.")
