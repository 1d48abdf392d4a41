"""Feedback of the two of a pair to each other: writing it, and reading what one has received."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.feedback.desk import Desk, Outcome, desk_for
from mentoring.feedback.operations import answering, opening
from mentoring.feedback.operations.answering import NotNow, Voice
from mentoring.feedback.queries import responses as queries
from mentoring.lib.pages import page
from mentoring.lib.pdfs import render_pdf
from mentoring.pairings.queries.pairs import Card, card_of, pairings_known_to
from programs.enums import Moment

TEMPLATE = "feedback/pair_feedback.html"
LATER = "later"


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_feedback(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Write to the partner, or read what both have written."""
    card = _card(request, pairing_id)
    is_draft = request.POST.get("do") == LATER
    try:
        desk = _desk(request, card, is_draft=is_draft)
    except NotNow:
        return page(request, "feedback/not_now.html", _about(card))
    if request.method == "POST":
        now = timezone.now()
        outcome = desk.keep(now=now) if is_draft else desk.send(now=now)
        if outcome not in {Outcome.INVALID, Outcome.PARTLY}:
            _tell(request, card, outcome)
            return redirect(request.path)
    return page(request, TEMPLATE, _context(card, desk), part="state")


@member_view(Permission.TAKE_PART)
@require_POST
def pair_feedback_draft(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Keep what stands in the form, while the person goes on writing."""
    now = timezone.now()
    try:
        outcome = _desk(request, _card(request, pairing_id), is_draft=True).keep(now=now)
    except NotNow:
        outcome = Outcome.OVER
    return page(request, "feedback/_draft.html", {"outcome": outcome.value, "now": now})


@member_view(Permission.TAKE_PART)
@require_POST
def pair_feedback_take_back(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Change what was sent, while the partner cannot read it yet."""
    card = _card(request, pairing_id)
    try:
        taken = answering.take_back(_voice(card), now=timezone.now())
    except answering.Opened:
        text = _("%(name)s can read it already, so it stays as it is.")
        messages.info(request, text % {"name": card.partner.member})
    else:
        if taken:
            messages.success(request, _("It is a draft again. Send it when you are ready."))
    return redirect("pair_feedback", request.organization.slug, pairing_id)


@member_view(Permission.TAKE_PART)
@require_POST
def pair_feedback_thank(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Say thank you for what one has received; the partner gets a line about it."""
    card = _card(request, pairing_id)
    if opening.thank(pairing=card.pairing, side=card.side, now=timezone.now()):
        messages.success(request, _("%(name)s hears of it.") % {"name": card.partner.member})
    return redirect("pair_feedback", request.organization.slug, pairing_id)


@never_cache
@member_view(Permission.TAKE_PART)
@require_safe
def pair_feedback_download(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """What the partner has written, as a document to keep."""
    card = _card(request, pairing_id)
    language = get_language() or ""
    received = queries.received_by(card.side, queries.feedback_of(card.pairing.pk))
    if received is None:
        return redirect("pair_feedback", request.organization.slug, pairing_id)
    title = _("Feedback from %(name)s") % {"name": card.partner.member}
    context = {"card": card, "sheet": queries.sheet_of(received, language)}
    pdf = render_pdf("feedback/received_pdf.html", context, language=language, title=title)
    headers = {"Content-Disposition": content_disposition_header(True, f"{title}.pdf") or ""}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@member_view(Permission.TAKE_PART)
@require_safe
def own_feedback(request: MemberRequest) -> HttpResponse:
    """All that partners have written to the member, the latest first."""
    return page(request, "feedback/own.html", {"received": queries.received_in_all(request.member)})


def _tell(request: MemberRequest, card: Card, outcome: Outcome) -> None:
    match outcome:
        case Outcome.KEPT:
            messages.success(request, _("Saved as a draft. You can go on at any time."))
        case Outcome.SENT:
            text = _("Sent. Thank you for telling %(name)s.")
            messages.success(request, text % {"name": card.partner.member})
        case Outcome.SENT_BEFORE:
            messages.info(request, _("You have sent this before. Nothing was changed."))
        case _:
            messages.info(request, _("This has changed meanwhile. Nothing is lost."))


def _card(request: MemberRequest, pairing_id: UUID) -> Card:
    """A pair that has begun, as the member may see it."""
    known = pairings_known_to(request.member).filter(began_at__isnull=False)
    return card_of(get_object_or_404(known, pk=pairing_id), request.member, now=timezone.now())


def _voice(card: Card) -> Voice:
    return Voice(card.pairing, card.side, Moment.PARTNER)


def _desk(request: MemberRequest, card: Card, *, is_draft: bool) -> Desk:
    """The questions with what stands there. Raises NotNow."""
    now, voice = timezone.now(), _voice(card)
    response = answering.begin(voice, now=now)
    data = request.POST if request.method == "POST" else None
    return desk_for(voice, response, get_language() or "", data, is_draft=is_draft, now=now)


def _about(card: Card) -> dict[str, Any]:
    title = _("Feedback between you and %(name)s") % {"name": card.partner.member}
    return {"card": card, "pairing": card.pairing, "title": title}


def _context(card: Card, desk: Desk) -> dict[str, Any]:
    found = queries.feedback_of(card.pairing.pk)
    received, mine = queries.received_by(card.side, found), desk.sheet.response
    sent = sum(each.sent_at is not None for each in found.values())
    is_due = opening.is_due(card.pairing, sent=sent, now=timezone.now())
    return {
        **_about(card),
        "mine": desk.sheet,
        "form": desk.form,
        "theirs": queries.sheet_of(received, get_language() or "") if received else None,
        "opens_at": opening.opens_at(card.pairing),
        "is_opening": bool(is_due and mine.sent_at and not mine.opened_at),
        "both_sent": sent == opening.BOTH,
        "days": card.pairing.cohort.program.feedback_days,
    }
