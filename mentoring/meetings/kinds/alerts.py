"""What those who run a cohort are told about meetings: who and how often, never about what."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.meetings.operations import telling
from mentoring.meetings.queries import mails as queries
from mentoring.outbox.enums import Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, MailKind, register
from mentoring.pairings.kinds.letters import keys_of, withdrawn
from mentoring.pairings.queries.mails import pairing_to_write, pairings_by_key
from programs.enums import Side
from programs.post import absolute, letter_to


def _unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted while the pair lives and the person still runs the program."""
    found = pairings_by_key(keys_of(messages))
    return withdrawn(
        each
        for each in messages
        if each.subject_id not in found
        or found[each.subject_id].ended_at
        or not queries.coordinator_at(each.recipient, found[each.subject_id])
    )


def _write(message: Message, now: datetime) -> Letter:
    pairing = pairing_to_write(message.subject_id)
    side = Side(message.occurrence.partition("@")[0])
    member = queries.coordinator_at(message.recipient, pairing)
    if member is None:
        raise Member.DoesNotExist
    organization = pairing.organization
    page = reverse("cohort_pairs", args=[organization.slug, pairing.cohort_id])
    context = {
        "cohort": pairing.cohort.name,
        "program": pairing.cohort.program.name,
        "who": str(pairing.person(side).member),
        "mentor_name": str(pairing.mentor.member),
        "mentee_name": str(pairing.mentee.member),
        "url": absolute(page),
    }
    return letter_to(member, organization, context)


register(
    MailKind(
        name=telling.PUT_OFF_AGAIN,
        label=_("A pair’s meetings are put off again"),
        template="mail/meeting_put_off_again",
        unwanted=_unwanted,
        write=_write,
    )
)
