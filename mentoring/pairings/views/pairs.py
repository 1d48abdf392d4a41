"""The own proposals, requests and pairs."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.pairings import why
from mentoring.pairings.enums import Phase
from mentoring.pairings.queries import pairs as queries
from mentoring.pairings.queries.closings import farewell_of
from mentoring.pairings.queries.concerns import addressed_to, contact_for, raised_by
from mentoring.pairings.queries.mails import is_present
from mentoring.pairings.queries.messages import new_by_pairing
from mentoring.pairings.sections import sections_of
from mentoring.pairings.wishes import SOMEBODY_ELSE
from mentoring.profiles.queries.discover import describe, topics_of
from programs.queries.enrollment import today_of

ON_A_PAGE = 10
LASTING = {Phase.PAIR, Phase.PAST}


@member_view(Permission.TAKE_PART)
@require_safe
def pairs(request: MemberRequest) -> HttpResponse:
    """What waits for an answer, what the member waits for, and the pairs."""
    overview = queries.overview_of(request.member, now=timezone.now())
    answers = Paginator(overview.answers, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "overview": overview,
        "answers": answers,
        "new_messages": new_by_pairing(request.member),
        "addressed": addressed_to(request.member),
    }
    return page(request, "pairings/pairs.html", context, part="answers")


@member_view(Permission.TAKE_PART)
@require_safe
def pair(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """One proposal, request or pair, as far as the member knows of it."""
    now = timezone.now()
    known = queries.pairs_to_show(request.member)
    card = queries.card_of(get_object_or_404(known, pk=pairing_id), request.member, now=now)
    today = today_of(request.member, now)
    context = {
        "card": card,
        "pairing": card.pairing,
        **(_who_it_is(card, today=today) if card.is_new else {}),
        "partner_is_away": not is_present(card.partner, today),
        "away_until": None if card.partner.member.on_leave else card.partner.paused_until,
        "sections": sections_of(card, now=now) if card.phase in LASTING else [],
        "asked_for_another": SOMEBODY_ELSE.asked_at(card.pairing, card.side),
        "farewell": farewell_of(card, now=now),
        "contact": contact_for(card.pairing) if card.phase == Phase.PAIR else None,
        "raised": raised_by(request.member, card.pairing) if card.phase in LASTING else [],
    }
    return page(request, "pairings/pair.html", context)


def _who_it_is(card: queries.Card, *, today: date) -> dict[str, Any]:
    """What two people who do not know each other yet read of each other.

    Why it is these two helps those who have to decide.
    """
    (found,) = describe([card.partner], topics_of(card.me.member))
    if card.phase == Phase.PAIR:
        return {"found": found}
    return {"found": found, "reasons": why.reasons_for(card.me, found, today=today)}
