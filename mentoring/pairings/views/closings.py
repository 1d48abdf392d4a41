"""How a pair shall go on: longer, until another day, or to a good end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.pairings.enums import Phase
from mentoring.pairings.forms.closings import PARTNER, PROGRAM, ClosingForm
from mentoring.pairings.operations import closings as operations
from mentoring.pairings.queries import closings as queries
from mentoring.pairings.queries.agreements import rhythm_of
from mentoring.pairings.queries.pairs import Card, card_of, pairings_known_to
from mentoring.pairings.wishes import A_HAND


@member_view(Permission.TAKE_PART)
@require_safe
def pair_ending(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """The ways on, words for the talk, and where it stands when one has begun to end it."""
    now = timezone.now()
    card = _card(request, pairing_id)
    context = {
        "card": card,
        "pairing": card.pairing,
        "is_live": card.phase == Phase.PAIR,
        "may_close": queries.may_close(card.pairing),
        "rhythm": rhythm_of([card.pairing])[card.pairing.pk],
        "farewell": queries.farewell_of(card, now=now),
        "hand_asked_at": A_HAND.asked_at(card.pairing, card.side),
    }
    return page(request, "pairings/ending.html", context)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_closing(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Propose to end it well, with a reason or without."""
    card = _card(request, pairing_id)
    if not queries.may_close(card.pairing):
        return redirect("pair_ending", request.organization.slug, pairing_id)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        tells = form.cleaned_data["tells"]
        why = operations.Why(
            reason=form.cleaned_data["reason"],
            tells_partner=PARTNER in tells,
            tells_program=PROGRAM in tells,
        )
        try:
            operations.begin(pairing=card.pairing, side=card.side, why=why, now=timezone.now())
        except operations.CannotClose:
            messages.info(request, _("This has changed meanwhile. Nothing is lost."))
        else:
            text = _("%(name)s hears of it now. You end it together, or go on after all.")
            messages.success(request, text % {"name": card.partner.member})
        return redirect("pair_ending", request.organization.slug, pairing_id)
    context = {"card": card, "pairing": card.pairing, "form": form}
    return page(request, "pairings/closing.html", context)


@member_view(Permission.TAKE_PART)
@require_POST
def pair_closing_complete(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Yes, we end it."""
    card = _card(request, pairing_id)
    try:
        ended = operations.complete(pairing=card.pairing, side=card.side, now=timezone.now())
    except operations.NotAlone:
        text = _("%(name)s has not answered yet. Please wait a little, or talk.")
        messages.info(request, text % {"name": card.partner.member})
        return redirect("pair_ending", request.organization.slug, pairing_id)
    if ended:
        messages.success(request, _("You have ended it well. Thank you, both of you."))
    else:
        messages.info(request, _("This has changed meanwhile. Nothing is lost."))
    return redirect("pair", request.organization.slug, pairing_id)


@member_view(Permission.TAKE_PART)
@require_POST
def pair_closing_take_back(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Go on after all, as the one who began to end it."""
    card = _card(request, pairing_id)
    if operations.go_on(pairing=card.pairing, side=card.side, now=timezone.now()):
        text = _("Good. You and %(name)s go on.")
        messages.success(request, text % {"name": card.partner.member})
    else:
        messages.info(request, _("This has changed meanwhile. Nothing is lost."))
    return redirect("pair", request.organization.slug, pairing_id)


def _card(request: MemberRequest, pairing_id: UUID) -> Card:
    """A pair that has begun, as the member may see it."""
    known = pairings_known_to(request.member).filter(began_at__isnull=False)
    return card_of(get_object_or_404(known, pk=pairing_id), request.member, now=timezone.now())
