"""Partners whom the reader may ask, and those whom the reader would like to have."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.matching.operations import preferences as operations
from mentoring.matching.queries.suggestions import suggestions_of
from mentoring.profiles.queries.discover import looking_as


@member_view(Permission.TAKE_PART)
@require_safe
def suggestions(request: MemberRequest) -> HttpResponse:
    """Who fits the reader best, with the reasons, in each round that the reader is in."""
    found = suggestions_of(request.member, now=timezone.now())
    return page(request, "matching/suggestions.html", {"rounds": found}, part="suggestions")


@member_view(Permission.TAKE_PART)
@require_POST
def preference_change(request: MemberRequest, participant_id: UUID) -> HttpResponse:
    """Put somebody on the own list, move them up, or take them off."""
    mine = next((each for each in looking_as(request.member) if each.pk == participant_id), None)
    if not mine:
        raise Http404
    try:
        partner_id = UUID(request.POST.get("partner", ""))
    except ValueError as wrong:
        raise BadRequest from wrong
    try:
        _change(request, mine, partner_id)
    except operations.NotFound as gone:
        raise Http404 from gone
    except operations.ListFull:
        messages.info(request, _("Your list is full. Take somebody off it first."))
    return redirect("suggestions", request.organization.slug)


def _change(request: MemberRequest, mine: Any, partner_id: UUID) -> None:
    match request.POST.get("do"):
        case "up":
            operations.move_up(participant=mine, partner_id=partner_id)
        case "remove":
            operations.drop(participant=mine, partner_id=partner_id)
            messages.success(request, _("Taken off your list."))
        case _other:
            operations.prefer(participant=mine, partner_id=partner_id, now=timezone.now())
            messages.success(request, _("On your list. Only you see it."))
