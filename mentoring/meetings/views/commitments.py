"""Writing down what the leader does, and agreeing on what the cohort reads of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.meetings.forms.goals import CommitmentForm, MoveForm, RewordForm
from mentoring.meetings.goal_refusals import REFUSALS, refuse, why
from mentoring.meetings.operations import commitments as operations
from mentoring.meetings.queries import commitments as queries
from mentoring.pairings.enums import Phase
from mentoring.pairings.queries.messages import pairs_of
from mentoring.pairings.queries.pairs import card_of


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_new(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Write a draft, for the two alone."""
    now = timezone.now()
    pairing = get_object_or_404(pairs_of(request.member), pk=pairing_id)
    card = card_of(pairing, request.member, now=now)
    form = CommitmentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.write(pairing=pairing, side=card.side, now=now, **form.cleaned_data)
        except REFUSALS as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Noted, for the two of you. Nothing is published yet."))
            return redirect(_list(request, pairing_id))
    context = {"card": card, "pairing": pairing, "is_live": card.phase == Phase.PAIR}
    return page(request, "meetings/commitment_new.html", {**context, "form": form})


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_edit(request: MemberRequest, commitment_id: UUID) -> HttpResponse:
    """Other words, which need the yes of both anew."""
    context = _context_of(request, commitment_id, now=timezone.now())
    wording = context["wording"]
    initial = {"text": wording.text, "seen": wording.commitment.version}
    form = RewordForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.reword(commitment=wording.commitment, **form.cleaned_data)
        except REFUSALS as refused:
            refuse(form, refused)
            context = _context_of(request, commitment_id, now=timezone.now())
        else:
            messages.success(request, _("The new wording is noted. Both of you say yes to it."))
            return redirect(_list(request, wording.commitment.pairing_id))
    return page(request, "meetings/commitment.html", {**context, "form": form})


@member_view(Permission.TAKE_PART)
@require_POST
def commitment_move(request: MemberRequest, commitment_id: UUID) -> HttpResponse:
    """Propose it, say yes, take it back, say that it is done, or delete it."""
    now = timezone.now()
    context = _context_of(request, commitment_id, now=now)
    commitment, side = context["wording"].commitment, context["card"].side
    form = MoveForm(request.POST)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            text = DEEDS[form.cleaned_data["deed"]](
                commitment=commitment, seen=seen, side=side, now=now
            )
        except REFUSALS as refused:
            messages.error(request, why(refused))
        else:
            messages.success(request, text)
    return redirect(_list(request, commitment.pairing_id))


def _propose(commitment: Any, seen: int, side: Any, now: datetime) -> str:
    found = operations.propose(commitment=commitment, seen=seen, side=side, now=now)
    if found.proposed_by == side:
        return _("The other of you gets a mail and says yes, or not yet.")
    return _after_both(found)


def _agree(commitment: Any, seen: int, side: Any, now: datetime) -> str:
    return _after_both(operations.agree(commitment=commitment, seen=seen, side=side, now=now))


def _after_both(commitment: Any) -> str:
    if commitment.published_key:
        return _("Published. The cohort reads the words, and no names.")
    return _("You both agree. It is shown once the cohort is large enough.")


def _withdraw(commitment: Any, seen: int, side: Any, now: datetime) -> str:
    operations.withdraw(commitment=commitment)
    return _("Taken back. Only the two of you can read it.")


def _done(commitment: Any, seen: int, side: Any, now: datetime) -> str:
    operations.set_done(commitment=commitment, is_done=True, now=now)
    return _("Done. Well done.")


def _reopen(commitment: Any, seen: int, side: Any, now: datetime) -> str:
    operations.set_done(commitment=commitment, is_done=False, now=now)
    return _("It is open again.")


def _discard(commitment: Any, seen: int, side: Any, now: datetime) -> str:
    if operations.discard(commitment=commitment):
        return _("Deleted.")
    return _("Nothing was deleted; take it back first.")


DEEDS: dict[str, Callable[..., str]] = {
    "propose": _propose,
    "agree": _agree,
    "withdraw": _withdraw,
    "done": _done,
    "reopen": _reopen,
    "discard": _discard,
}


def _context_of(request: MemberRequest, commitment_id: UUID, *, now: datetime) -> dict[str, Any]:
    """The commitment as it is now, and its pair as the reader may see it; else 404."""
    rows = queries.commitments_known_to(request.member)
    commitment = get_object_or_404(rows, pk=commitment_id)
    pairing = get_object_or_404(pairs_of(request.member), pk=commitment.pairing_id)
    card = card_of(pairing, request.member, now=now)
    return {
        "card": card,
        "pairing": pairing,
        "is_live": card.phase == Phase.PAIR,
        "wording": queries.wording_of(commitment, card),
    }


def _list(request: MemberRequest, pairing_id: UUID) -> str:
    return f"{reverse('pair_goals', args=[request.organization.slug, pairing_id])}#commitments"
