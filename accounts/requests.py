"""Requests that know who asks, for type checkers."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import Member, Organization, User


class Request(HttpRequest):
    """Any request: who signed in, and where the person belongs."""

    user: Any
    htmx: HtmxDetails
    memberships: list[Member]
    membership: Member | None


class MemberRequest(Request):
    """A request inside an organization, from one of its active members."""

    user: User
    member: Member
    organization: Organization
