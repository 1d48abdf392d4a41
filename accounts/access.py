"""The one way into an organization's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.permissions import Permission
from accounts.requests import MemberRequest, Request

SAFE = {"GET", "HEAD"}

type View[**P] = Callable[Concatenate[MemberRequest, P], HttpResponseBase]
type Guarded = Callable[..., HttpResponseBase]


def member_view[**P](
    permission: Permission,
) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Let in members of the organization in the address who hold the permission.

    Nobody signed in → to sign-in. A stranger → 404, the same as for an address that does
    not exist. A member without the permission → 403. ``organization`` is taken out of the
    view's arguments; the view finds it on the request.
    """

    def decorate(view: View[P]) -> Guarded:
        @wraps(view)
        def guarded(
            request: Request, *args: Any, organization: str, **kwargs: Any
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(_way_back(request))
            if request.membership is None:
                raise Http404
            if not request.membership.may(permission):
                raise PermissionDenied
            inside = cast("MemberRequest", request)
            inside.member = request.membership
            inside.organization = request.membership.organization
            return view(inside, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def _way_back(request: Request) -> str:
    """Where signing in leads: to this page, or to the one with the form that was being sent.

    What was typed is in that page's draft; many an address of a form has no page of its own.
    """
    came_from = request.headers.get("Referer", "")
    if request.method not in SAFE and url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    ):
        page = urlsplit(came_from)
        return f"{page.path}?{page.query}" if page.query else page.path
    return request.get_full_path()
