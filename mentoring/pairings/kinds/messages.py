"""Notices that somebody wrote or turned to somebody. They say no word of what was written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, MailKind, register
from mentoring.pairings.kinds.letters import unwanted_by_reader, withdrawn, write_with_page
from mentoring.pairings.kinds.wording import of_pair
from mentoring.pairings.operations import concerns, messages
from mentoring.pairings.queries.concerns import concern_with_key
from mentoring.pairings.queries.messages import bundles_waiting
from mentoring.tenancy.scope import within
from programs.models import Participant
from programs.post import absolute, letter_to


def _waits_unread(notice: Message, reader: Participant) -> bool:
    bundle = UUID(notice.occurrence.partition(":")[2])
    return bool(bundles_waiting([bundle], reader.member_id))


def _unwanted_concerns(rows: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted until the recipient has looked into it, or is with the organization no more."""
    return withdrawn(each for each in rows if not _is_open(each))


def _is_open(told: Message) -> bool:
    with within(told.organization_id, member_id=UUID(told.occurrence)):
        concern = concern_with_key(told.subject_id)
    return bool(concern and not concern.looked_at and not concern.recipient.deactivated_at)


def _write_concern(told: Message, now: datetime) -> Letter:
    with within(told.organization_id, member_id=UUID(told.occurrence)):
        concern = concern_with_key(told.subject_id)
    if not concern:
        raise LookupError
    page = reverse("concern", args=[concern.organization.slug, concern.pk])
    return letter_to(concern.recipient, concern.organization, {"url": absolute(page)})


register(
    MailKind(
        name=messages.KIND,
        label=_("Somebody wrote in a pair"),
        template="mail/pair_message",
        group=Group.MESSAGES,
        unwanted=unwanted_by_reader(_waits_unread),
        write=write_with_page("pair_messages", "newest"),
        wording=of_pair(),
    )
)
register(
    MailKind(
        name=concerns.CONCERN,
        # The log of messages must not say more: the other of the pair may read it.
        label=_("Something to read for a contact"),
        template="mail/pair_concern",
        group=Group.ACCOUNT,
        is_essential=True,
        unwanted=_unwanted_concerns,
        write=_write_concern,
    )
)
