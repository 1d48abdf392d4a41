"""The page behind the link of an invitation. It needs no membership, only the link."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import queries
from accounts.operations import invitations as operations
from accounts.requests import Request
from accounts.tokens import digest
from mentoring.lib.pages import page
from mentoring.tenancy.scope import within

UNKNOWN = "accounts/invitation_unknown.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, organization: UUID, token: str) -> HttpResponse:
    """Show who invites to what; accept by POST.

    Programs that look at mails open links, so a GET changes nothing. A link that never
    was, an older one and one of another organization give the same page.
    """
    now = timezone.now()
    with within(organization):
        found = queries.invitation_with(digest(token))
    if not found:
        return page(request, UNKNOWN, status=404)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            operations.accept(organization_id=organization, token=token, user=request.user, now=now)
        except operations.UnknownInvitation:
            return page(request, UNKNOWN, status=404)
        except (operations.InvitationClosed, operations.NotTheInvited):
            pass  # the page says why, and what to do instead
        else:
            name = found.organization.name
            messages.success(request, _("Welcome to %(name)s.") % {"name": name})
            home = reverse("organization", args=[found.organization.slug])
            return redirect(found.next_path or home)
    context = {
        "invitation": found,
        "state": found.state(now=now),
        "here": request.get_full_path(),
        "address": queries.standing_of(request.user, found.email),
        "is_member": found.organization_id
        in {each.organization_id for each in request.memberships},
    }
    return page(request, "accounts/invitation.html", context)
