"""Letters to those who run a cohort: who and how long, never about what."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from accounts.models import Member
from mentoring.outbox.enums import Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter
from mentoring.pairings.kinds.letters import keys_of, withdrawn
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.mails import coordinator_at, pairing_to_write, pairings_by_key
from programs.post import absolute, letter_to

type IsWanted = Callable[[Pairing, Message, datetime], bool]


def unwanted_unless(is_wanted: IsWanted | None = None) -> Callable[..., Mapping[UUID, Reason]]:
    """Wanted while the pair lives, the person still runs the program, and this holds."""

    def unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
        found = pairings_by_key(keys_of(messages))
        return withdrawn(
            each
            for each in messages
            if not (pairing := found.get(each.subject_id))
            or pairing.ended_at
            or not coordinator_at(each.recipient, pairing)
            or (is_wanted and not is_wanted(pairing, each, now))
        )

    return unwanted


def letter_to_coordinator(message: Message, more: Callable[[Pairing], Mapping[str, Any]]) -> Letter:
    """Names the two, and leads to the pairs of the cohort."""
    pairing = pairing_to_write(message.subject_id)
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
