"""Looking back on the time as a pair: each for themselves, and what both keep of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.feedback.forms.reflection import ChoiceForm, ReflectionForm
from mentoring.feedback.keepsake import file_name, pdf_of
from mentoring.feedback.operations import reflecting as operations
from mentoring.feedback.parts import OwnPart
from mentoring.feedback.queries.closing import Closing, closing_of, is_open
from mentoring.lib.pages import page
from mentoring.pairings.queries.messages import pairs_of
from mentoring.pairings.queries.pairs import Card, card_of
from mentoring.profiles.ratings import statements_of


@member_view(Permission.TAKE_PART)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pair_reflection(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """What was covered, where both stood and stand, and what the person takes along."""
    now = timezone.now()
    card = _card(request, pairing_id)
    if request.method != "POST" and not is_open(card.pairing):
        messages.info(request, _("This page opens when the two of you end your time as a pair."))
        return redirect("pair", request.organization.slug, pairing_id)
    closing = closing_of(card)
    form = _form(request, card, closing)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        said = operations.Said(scores=data["scores"], line=data["line"], shared=data["shared"])
        try:
            operations.reflect(card=card, said=said, seen=data["seen"], now=now)
        except operations.Changed as changed:
            form.refuse_as_changed(changed.version)
        except operations.NotOpen:
            form.refuse_as_over()
        else:
            messages.success(request, _("Saved. You can come back and change it at any time."))
            own = reverse("pair_reflection", args=[request.organization.slug, pairing_id])
            return redirect(f"{own}?sent={form.draft}")
    rated = list(zip(form.ratings(), closing.own.standing.stands, strict=True))
    context = {"card": card, "pairing": card.pairing, "closing": closing, "form": form}
    return page(request, "feedback/closing.html", {**context, "rated": rated})


@member_view(Permission.TAKE_PART)
@require_POST
def pair_keepsake_choose(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Put a part that is about both into the keepsake, or take it out."""
    card = _card(request, pairing_id)
    form = ChoiceForm(request.POST)
    if form.is_valid():
        try:
            operations.choose(card=card, now=timezone.now(), **form.cleaned_data)
        except operations.NotOpen:
            messages.info(request, _("This has changed meanwhile. Nothing is lost."))
            return redirect("pair", request.organization.slug, pairing_id)
    own = reverse("pair_reflection", args=[request.organization.slug, pairing_id])
    return redirect(f"{own}#keepsake")


@member_view(Permission.TAKE_PART)
@never_cache
@require_safe
def pair_keepsake(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """What both agreed to keep, to download."""
    card = _card(request, pairing_id)
    if not is_open(card.pairing):
        return redirect("pair", request.organization.slug, pairing_id)
    document = pdf_of(card, closing_of(card))
    headers = {"Content-Disposition": content_disposition_header(True, file_name())}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


def _form(request: MemberRequest, card: Card, closing: Closing) -> ReflectionForm:
    own = closing.own
    scores = {f"rate_{each.statement.key}": each.now for each in own.standing.stands}
    initial: dict[str, Any] = {
        **scores,
        "line": own.line,
        "shares_standing": OwnPart.STANDING in own.shared,
        "shares_line": OwnPart.LINE in own.shared,
        "seen": own.version,
    }
    return ReflectionForm(
        request.POST if request.method == "POST" else None,
        statements=statements_of(card.side),
        partner=str(card.partner.member),
        draft=f"closing-{card.side}-{card.pairing.pk}",
        initial=initial,
    )


def _card(request: MemberRequest, pairing_id: UUID) -> Card:
    """A pair that the member is or was one of."""
    pairing = get_object_or_404(pairs_of(request.member), pk=pairing_id)
    return card_of(pairing, request.member, now=timezone.now())
