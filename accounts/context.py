"""What the frame around every page shows of the reader: navigation, organizations, account."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from accounts.navigation import navigation_of, own_pages_of
from accounts.requests import Request


def frame(request: Request) -> dict[str, Any]:
    """Navigation by role, the organization switcher and the account menu."""
    memberships = getattr(request, "memberships", [])
    membership = getattr(request, "membership", None)
    switcher = [
        {
            "name": each.organization.name,
            "url": reverse("organization", args=[each.organization.slug]),
            "current": each == membership,
            "logo_url": each.organization.logo_url,
        }
        for each in memberships
    ]
    return {
        "navigation": navigation_of(membership, path=request.path) if membership else [],
        "memberships": switcher,
        "brand_css_url": membership.organization.brand_css_url if membership else "",
        "organization_new_url": reverse("organization_new"),
        "account_menu": [
            {"label": _("Your account"), "url": reverse("account"), "icon": "user"},
            {"label": _("Security"), "url": reverse("account_security"), "icon": "shield"},
            *_own_pages(membership, memberships),
        ],
    }


def _own_pages(membership: Member | None, memberships: list[Member]) -> list[dict[str, str]]:
    """Those of the organization in the address; elsewhere, of the only one there is."""
    member = membership or (memberships[0] if len(memberships) == 1 else None)
    pages = own_pages_of(member) if member else []
    return [{"label": label, "url": url, "icon": icon} for label, url, icon in pages]
