"""Raising a concern, and reading those that were addressed to oneself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.pairings.conversations import fresh
from mentoring.pairings.enums import Phase
from mentoring.pairings.forms.messages import ConcernForm, LookedForm
from mentoring.pairings.operations import concerns as operations
from mentoring.pairings.queries import concerns as queries
from mentoring.pairings.queries.messages import message_from_partner, pairs_of, text_of
from mentoring.pairings.queries.pairs import Card, card_of

NOBODY = gettext_lazy("There is nobody outside of both your reporting lines right now.")


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_concern(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Turn to the person outside both reporting lines; the other of the pair never learns of it."""
    pairing = get_object_or_404(pairs_of(request.member), pk=pairing_id)
    card = card_of(pairing, request.member, now=timezone.now())
    about = request.POST.get("about") or request.GET.get("about", "")
    message = message_from_partner(request.member, pairing, about)
    if request.method == "POST":
        form = ConcernForm(request.POST, has_message=bool(about))
        if form.is_valid() and _raise(request, card, form, message):
            return redirect("pair", request.organization.slug, pairing_id)
    else:
        form = ConcernForm(has_message=bool(message), initial={"nonce": fresh()})
    context = {
        "card": card,
        "pairing": pairing,
        "form": form,
        "recipient": queries.recipient_for(pairing),
        "message": message,
        "text": text_of(message) if message else "",
        "is_live": card.phase == Phase.PAIR,
    }
    return page(request, "pairings/concern_new.html", context)


@member_view(Permission.TAKE_PART)
@require_safe
def concerns(request: MemberRequest) -> HttpResponse:
    """What was addressed to the reader; what is open comes first."""
    found = Paginator(queries.concerns_for(request.member), queries.ON_A_PAGE)
    rows = found.get_page(request.GET.get("page"))
    partners = [(each, queries.partner_in(each)) for each in rows]
    context = {"concerns": rows, "rows": partners}
    return page(request, "pairings/concerns.html", context, part="concerns")


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    """Read one, and note that one has looked into it."""
    found = get_object_or_404(queries.concerns_for(request.member), pk=concern_id)
    told = queries.told(found, request.member)
    form = LookedForm(
        request.POST if request.method == "POST" else None, initial={"note": told.note}
    )
    if request.method == "POST" and form.is_valid():
        operations.look_into(concern=found, now=timezone.now(), **form.cleaned_data)
        text = _("Noted. %(name)s sees on the page of the pair that you have looked into it.")
        messages.success(request, text % {"name": found.reporter})
        return redirect("concerns", request.organization.slug)
    context = {"concern": found, "told": told, "form": form}
    return page(request, "pairings/concern.html", context)


@member_view(Permission.TAKE_PART)
@require_POST
def concern_hand_on(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    """Have somebody else read what was raised, now that the recipient is away."""
    found = get_object_or_404(queries.concerns_by(request.member), pk=concern_id)
    try:
        handed = operations.hand_on(concern=found, now=timezone.now())
    except operations.StillThere:
        text = _("%(name)s can read your concern, or has looked into it. Nothing has changed.")
        messages.info(request, text % {"name": found.recipient})
    except operations.NobodyThere:
        messages.error(request, NOBODY)
    else:
        text = _("%(name)s gets a mail now, and reads your concern here.")
        messages.success(request, text % {"name": handed.recipient})
    return redirect("pair", request.organization.slug, found.pairing_id)


def _raise(request: MemberRequest, card: Card, form: ConcernForm, message: Any) -> bool:
    values = dict(form.cleaned_data)
    attaches = values.pop("attaches", False)
    try:
        raised = operations.raise_concern(
            pairing=card.pairing,
            side=card.side,
            now=timezone.now(),
            message=message if attaches else None,
            **values,
        )
    except operations.NobodyThere:
        form.add_error(None, NOBODY)
        return False
    except operations.TooMany:
        form.add_error(
            None, _("You have raised five concerns today. Please call, or speak with them.")
        )
        return False
    name = {"name": raised.recipient}
    messages.success(request, _("%(name)s gets a mail now, and reads your concern here.") % name)
    if attaches and not raised.message_text:
        messages.info(request, _("The message was taken back meanwhile and is not attached."))
    return True
