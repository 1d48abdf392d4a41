"""Answering a proposal or request, taking the own one back, and ending a pair."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.pairings.enums import Phase
from mentoring.pairings.operations import answers as operations
from mentoring.pairings.operations.endings import step_out
from mentoring.pairings.operations.requests import take_back
from mentoring.pairings.queries.pairs import pairings_known_to, phase_of
from mentoring.profiles.enums import OTHER_SIDE


@member_view(Permission.TAKE_PART)
@require_POST
def pair_accept(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Say yes; who comes too late is shown who else fits."""
    pairing = get_object_or_404(pairings_known_to(request.member), pk=pairing_id)
    side, now = pairing.side_of(request.member.pk), timezone.now()
    try:
        pairing = operations.accept(pairing=pairing, side=side, now=now)
    except operations.PlaceTaken:
        text = _("The place was taken a moment ago. Thank you for your yes. Others fit you, too.")
        messages.info(request, text)
        return redirect("suggestions", request.organization.slug)
    except operations.NotOpen:
        messages.info(request, _("This is not open any more. Nothing is lost."))
    else:
        is_pair = phase_of(pairing, side, now=now) == Phase.PAIR
        text = _("You are a pair.") if is_pair else _("Thank you. Now the other person is asked.")
        messages.success(request, text)
    return redirect("pair", request.organization.slug, pairing_id)


@member_view(Permission.TAKE_PART)
@require_POST
def pair_decline(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Say “not now”; nobody asks why, and nobody is told."""
    pairing = get_object_or_404(pairings_known_to(request.member), pk=pairing_id)
    side = pairing.side_of(request.member.pk)
    operations.decline(pairing=pairing, side=side, now=timezone.now())
    messages.success(request, _("All right, not now. Nobody is told."))
    return redirect("pairs", request.organization.slug)


@member_view(Permission.TAKE_PART)
@require_POST
def pair_take_back(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Withdraw the own request or yes."""
    pairing = get_object_or_404(pairings_known_to(request.member), pk=pairing_id)
    side = pairing.side_of(request.member.pk)
    if take_back(pairing=pairing, side=side, now=timezone.now()):
        messages.success(request, _("Withdrawn. Nobody is told."))
    else:
        messages.info(request, _("This is not open any more. Nothing is lost."))
    return redirect("pairs", request.organization.slug)


@member_view(Permission.TAKE_PART)
@require_POST
def pair_step_out(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """End the pair; nobody asks why."""
    pairing = get_object_or_404(pairings_known_to(request.member), pk=pairing_id)
    side = pairing.side_of(request.member.pk)
    if step_out(pairing=pairing, side=side, now=timezone.now()):
        text = _("The pair has ended. %(name)s reads that, and no reason.")
        messages.success(request, text % {"name": pairing.person(OTHER_SIDE[side]).member})
    else:
        messages.info(request, _("This is not open any more. Nothing is lost."))
    return redirect("pairs", request.organization.slug)
