"""Letters to those who run a cohort: who and how long, never about what."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import Member
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, Unwanted
from mentoring.pairings.kinds.letters import IsWanted, pairing_in, unwanted_unless
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.mails import coordinator_at
from programs.post import absolute, letter_to


def unwanted_by_coordinator(is_wanted: IsWanted | None = None) -> Unwanted:
    """Wanted while the pair lives, the person still runs the program, and this holds."""

    def waits(pairing: Pairing, message: Message, now: datetime) -> bool:
        if pairing.ended_at or not coordinator_at(message.recipient, pairing):
            return False
        return is_wanted is None or is_wanted(pairing, message, now)

    return unwanted_unless(waits)


def letter_to_coordinator(message: Message, more: Callable[[Pairing], Mapping[str, Any]]) -> Letter:
    """Names the two, and leads to the pairs of the cohort."""
    pairing = pairing_in(message)
    member = coordinator_at(message.recipient, pairing)
    if member is None:
        raise Member.DoesNotExist
    organization = pairing.organization
    page = reverse("cohort_health", args=[organization.slug, pairing.cohort_id])
    context = {
        "cohort": pairing.cohort.name,
        "program": pairing.cohort.program.name,
        "mentor_name": str(pairing.mentor.member),
        "mentee_name": str(pairing.mentee.member),
        "url": absolute(page),
        **more(pairing),
    }
    return letter_to(member, organization, context)
