"""What the pages of a meeting have in common."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.requests import MemberRequest
from mentoring.meetings.queries.meetings import meetings_known_to
from mentoring.pairings.queries.pairs import card_of


def context_of(request: MemberRequest, meeting_id: UUID, *, now: datetime) -> dict[str, Any]:
    """The meeting as it is now, and its pair as the reader may see it; else 404."""
    meeting = get_object_or_404(meetings_known_to(request.member), pk=meeting_id)
    card = card_of(meeting.pairing, request.member, now=now)
    return {
        "meeting": meeting,
        "card": card,
        "pairing": card.pairing,
        "is_over": meeting.is_over(now=now),
    }
