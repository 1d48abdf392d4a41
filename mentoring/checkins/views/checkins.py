"""How it is going with one partner: saying it, and when to be asked."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.checkins.desk import desk_for
from mentoring.checkins.enums import Said
from mentoring.checkins.forms.answers import DayForm
from mentoring.checkins.operations import following
from mentoring.checkins.operations.answering import Voice
from mentoring.checkins.queries import checkins as queries
from mentoring.checkins.rhythm import is_asked
from mentoring.lib.pages import page
from mentoring.meetings.queries.agenda import next_steps_of
from mentoring.meetings.queries.meetings import next_ahead
from mentoring.pairings.queries.agreements import rhythm_of
from mentoring.pairings.queries.pairs import Card, card_of, pairs_to_show
from mentoring.pairings.wishes import A_HAND
from programs.proposals import months_later


@member_view(Permission.TAKE_PART)
@require_safe
def pair_check_in(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """The question, what the member said before, and what can help."""
    now = timezone.now()
    card = _card(request, pairing_id)
    pairing = card.pairing
    context = {
        "card": card,
        "pairing": pairing,
        "is_asked": is_asked(pairing),
        "standing": queries.standing_of(pairing, request.member, now=now),
        "past": queries.past_of(pairing, request.member),
        "answers": Said.choices,
        "ahead": next_ahead(pairing, now=now),
        "steps": next_steps_of(pairing),
        "next_at": queries.next_at(card, now=now),
        "own_day": queries.own_day_of(pairing, request.member),
        "rhythm": rhythm_of([pairing])[pairing.pk],
        "hand_asked_at": A_HAND.asked_at(pairing, card.side),
    }
    return page(request, "checkins/check_in.html", context)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_check_in_answer(request: MemberRequest, pairing_id: UUID, said: str) -> HttpResponse:
    """One answer: what it means, and the button that gives it."""
    if said not in Said:
        raise Http404
    now = timezone.now()
    card = _card(request, pairing_id)
    if not is_asked(card.pairing):
        return redirect("pair_check_in", request.organization.slug, pairing_id)
    standing = queries.standing_of(card.pairing, request.member, now=now)
    today = timezone.localtime(now).date()
    voice = Voice(card.pairing, card.side, today, standing.current)
    desk = desk_for(voice, Said(said), request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST" and desk.accept(now=now):
        messages.success(request, _("Noted. Thank you."))
        return redirect("pair_check_in", request.organization.slug, pairing_id)
    context = {"card": card, "pairing": card.pairing, "desk": desk}
    return page(request, "checkins/answer.html", context)


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_check_in_day(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Choose from which day on to be asked."""
    now = timezone.now()
    card = _card(request, pairing_id)
    today = timezone.localtime(now).date()
    own_day = queries.own_day_of(card.pairing, request.member)
    data = request.POST if request.method == "POST" else None
    last = months_later(today, following.FARTHEST_MONTHS)
    ahead = own_day if own_day and own_day > today else None
    form = DayForm(data, today=today, last=last, initial={"day": ahead})
    if request.method == "POST" and form.is_valid():
        following.choose_day(
            pairing=card.pairing,
            member=request.member,
            day=form.cleaned_data["day"],
            today=today,
            now=now,
        )
        messages.success(request, _("Saved."))
        return redirect("pair_check_in", request.organization.slug, pairing_id)
    context = {"card": card, "pairing": card.pairing, "form": form}
    return page(request, "checkins/day.html", context)


def _card(request: MemberRequest, pairing_id: UUID) -> Card:
    """The pair as the member may see it; what has not begun has no check-in."""
    now = timezone.now()
    known = pairs_to_show(request.member).filter(began_at__isnull=False)
    return card_of(get_object_or_404(known, pk=pairing_id), request.member, now=now)
