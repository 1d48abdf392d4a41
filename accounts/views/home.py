"""The way in, before an organization is chosen."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.requests import Request
from mentoring.lib.pages import page


@require_safe
def landing(request: Request) -> HttpResponse:
    """What this is, for people who have not signed in."""
    if request.user.is_authenticated:
        return redirect("home")
    return page(request, "accounts/landing.html")


@login_required
@require_safe
def home(request: Request) -> HttpResponse:
    """On to the only organization, to a choice, or to making the first one."""
    match request.memberships:
        case []:
            return redirect("organization_new")
        case [only]:
            return redirect("organization", only.organization.slug)
        case _:
            return redirect("organizations")


@login_required
@require_safe
def organizations(request: Request) -> HttpResponse:
    """Choose among one's organizations."""
    return page(request, "accounts/organizations.html", {"own": request.memberships})
