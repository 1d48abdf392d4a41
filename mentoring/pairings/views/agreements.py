"""The agreement of a pair: looking at it, proposing, confirming, taking back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
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
from mentoring.pairings.enums import Phase
from mentoring.pairings.forms.agreements import AgreementForm, TicksForm, first_answers
from mentoring.pairings.operations import agreements as operations
from mentoring.pairings.queries.agreements import Standing, rhythm_of, standing_of
from mentoring.pairings.queries.pairs import Card, card_of, pairings_known_to
from programs.enums import Side
from programs.queries.enrollment import today_of

LASTING = {Phase.PAIR, Phase.PAST}
NOT_OPEN = gettext_lazy("This is not open any more. Nothing is lost.")


@member_view(Permission.TAKE_PART)
@require_safe
def pair_agreement(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """What is agreed, what is proposed and how the two differ, and how it came to be."""
    card = _card(request, pairing_id, now=timezone.now())
    if card.phase not in LASTING:
        return redirect("pair", request.organization.slug, pairing_id)
    return _show(request, card, TicksForm())


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_agreement_propose(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Propose an agreement or a change; what was written stays when it cannot be proposed."""
    now = timezone.now()
    card = _card(request, pairing_id, now=now)
    if card.phase != Phase.PAIR and (request.method != "POST" or card.phase not in LASTING):
        return redirect("pair_agreement", request.organization.slug, pairing_id)
    standing = standing_of(card.pairing)
    form = _form(request, card, standing, now=now)
    news = "over" if card.phase == Phase.PAST else ""
    if request.method == "POST" and form.is_valid() and not news:
        try:
            made = operations.propose(
                pairing=card.pairing, side=card.side, now=now, **_proposed(request, form)
            )
        except operations.AlreadyOpen:
            news, standing = "other", standing_of(card.pairing)
        except operations.TooLate:
            form.add_error("ends_on", _("Choose a day that is still ahead."))
        except operations.NotLive:
            news = "over"
        else:
            messages.success(request, _said(made.in_force_at, card))
            return redirect("pair_agreement", request.organization.slug, pairing_id)
    context = {"card": card, "pairing": card.pairing, "form": form, "news": news}
    return page(request, "pairings/agreement_propose.html", {**context, "standing": standing})


@member_view(Permission.TAKE_PART)
@require_POST
def pair_agreement_confirm(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Confirm the version that was on the page."""
    now = timezone.now()
    card = _card(request, pairing_id, now=now)
    form = TicksForm(request.POST)
    if card.phase != Phase.PAIR:
        messages.info(request, NOT_OPEN)
        return redirect("pair_agreement", request.organization.slug, pairing_id)
    if not form.is_valid():
        return _show(request, card, form)
    try:
        operations.confirm(
            pairing=card.pairing,
            side=card.side,
            version=_number(request.POST.get("version")),
            now=now,
            **form.cleaned_data,
        )
    except (operations.Changed, operations.OwnProposal):
        text = _("This is not what is proposed any more. Please look at what is proposed now.")
        messages.warning(request, text)
    except operations.TooLate:
        messages.warning(request, _("The day it was to last until has passed. Propose another."))
    except operations.NotLive:
        messages.info(request, NOT_OPEN)
    else:
        messages.success(request, _("You have agreed. It is in force now."))
    return redirect("pair_agreement", request.organization.slug, pairing_id)


@member_view(Permission.TAKE_PART)
@require_POST
def pair_agreement_withdraw(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Take the own proposal back."""
    now = timezone.now()
    card = _card(request, pairing_id, now=now)
    version = _number(request.POST.get("version"))
    try:
        done = operations.withdraw(pairing=card.pairing, side=card.side, version=version, now=now)
    except operations.NotLive:
        done = False
    if done:
        messages.success(request, _("Your proposal is withdrawn."))
    else:
        messages.info(request, NOT_OPEN)
    return redirect("pair_agreement", request.organization.slug, pairing_id)


def _card(request: MemberRequest, pairing_id: UUID, *, now: datetime) -> Card:
    known = pairings_known_to(request.member)
    return card_of(get_object_or_404(known, pk=pairing_id), request.member, now=now)


def _show(request: MemberRequest, card: Card, form: TicksForm) -> HttpResponse:
    context = {
        "card": card,
        "pairing": card.pairing,
        "standing": standing_of(card.pairing),
        "form": form,
    }
    return page(request, "pairings/agreement.html", context)


def _form(
    request: MemberRequest, card: Card, standing: Standing, *, now: datetime
) -> AgreementForm:
    """The form as it was sent, or with what suggests itself; the own proposal comes first."""
    pairing, today = card.pairing, today_of(request.member, now)
    names = {side: str(pairing.person(side).member) for side in Side}
    fixed: dict[str, Any] = {"names": names, "side": card.side, "today": today}
    if request.method == "POST":
        return AgreementForm(request.POST, **fixed)
    shown = standing.proposal or standing.current
    initial = first_answers(
        rhythm_of([pairing])[pairing.pk],
        shown.terms if shown else None,
        card.topics,
        today=today,
        months=pairing.cohort.program.length_months,
    )
    return AgreementForm(initial=initial, **fixed)


def _proposed(request: MemberRequest, form: AgreementForm) -> dict[str, Any]:
    return {
        "terms": form.terms,
        "understood": form.cleaned_data["understood"],
        "read": form.cleaned_data["read"],
        "seen": _number(request.POST.get("seen")),
    }


def _number(sent: str | None) -> int:
    """A version that a form named; 0 is none."""
    return int(sent) if sent and sent.isascii() and sent.isdigit() and len(sent) < 6 else 0


def _said(in_force_at: datetime | None, card: Card) -> str:
    if in_force_at:
        return _("You have agreed. It is in force now.")
    return _("%(name)s is asked to look and confirm.") % {"name": card.partner.member}
