"""A break of a pair."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.pairings.forms.breaks import BreakForm
from mentoring.pairings.operations import breaks as operations
from mentoring.pairings.queries.pairs import card_of, pairings_known_to
from programs.queries.enrollment import today_of

USUAL = timedelta(days=28)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_pause(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Begin a break, or give it another end."""
    now = timezone.now()
    pairing = get_object_or_404(pairings_known_to(request.member), pk=pairing_id)
    card, today = card_of(pairing, request.member, now=now), today_of(request.member, now)
    initial = {"until": pairing.paused_until or today + USUAL}
    form = BreakForm(
        request.POST if request.method == "POST" else None, today=today, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.pause(pairing=pairing, side=card.side, now=now, **form.cleaned_data)
        except operations.BadDay:
            form.add_error("until", _("Choose a day that is still ahead."))
        except operations.CannotPause:
            form.add_error(None, _("This is not open any more. Nothing is lost."))
        else:
            text = _("You have a break. %(name)s reads until when, and no reason.")
            messages.success(request, text % {"name": card.partner.member})
            return redirect("pair", request.organization.slug, pairing_id)
    return page(request, "pairings/pause.html", {"card": card, "pairing": pairing, "form": form})


@member_view(Permission.TAKE_PART)
@require_POST
def pair_resume(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Go on; either may say so."""
    pairing = get_object_or_404(pairings_known_to(request.member), pk=pairing_id)
    if operations.resume(pairing=pairing, now=timezone.now()):
        messages.success(request, _("Welcome back. Find a date while you think of it."))
    else:
        messages.info(request, _("There is no break to end."))
    return redirect("pair", request.organization.slug, pairing_id)
