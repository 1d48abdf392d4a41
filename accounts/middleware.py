"""Opens the scope for the reader, and speaks the reader's language and time."""

import re
from collections.abc import Callable
from contextlib import ExitStack

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone, translation
from structlog.contextvars import bind_contextvars

from accounts import queries
from accounts.requests import Request
from mentoring.lib.clock import zone_named
from mentoring.tenancy.scope import acting_as, within

type GetResponse = Callable[[Request], HttpResponse]
INSIDE = re.compile(r"\A/o/(?P<slug>[^/]+)/")


class ScopeMiddleware:
    """Opens the scope of the member whose organization the address names.

    The organization is looked up among the reader's own memberships only, so a strange
    organization and one that does not exist are the same from the first query on.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.memberships, request.membership = [], None
        if not request.user.is_authenticated:
            return self.get_response(request)
        with acting_as(request.user.pk), transaction.atomic():
            request.memberships = list(queries.own_memberships())
        found = INSIDE.match(request.path_info)
        slug = found and found["slug"]
        for membership in request.memberships:
            if membership.organization.slug == slug:
                request.membership = membership
        with ExitStack() as scopes:
            scopes.enter_context(acting_as(request.user.pk))
            if member := request.membership:
                member.user = request.user
                scopes.enter_context(within(member.organization_id, member_id=member.pk))
                bind_contextvars(
                    organization_id=str(member.organization_id), member_id=str(member.pk)
                )
            return self.get_response(request)


class ReaderMiddleware:
    """Activates the reader's language and time zone: the person's, else the organization's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        organization = request.membership.organization if request.membership else None
        language = (
            getattr(request.user, "language", "")
            or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
            or (organization.language if organization else "")
            or translation.get_language_from_request(request)
        )
        if not translation.check_for_language(language):
            language = settings.LANGUAGE_CODE
        zone = zone_named(
            getattr(request.user, "time_zone", ""),
            organization.time_zone if organization else "",
            settings.TIME_ZONE,
        )
        with translation.override(language), timezone.override(zone):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
