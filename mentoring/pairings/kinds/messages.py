"""Notices that somebody wrote or turned to somebody. They say no word of what was written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.outbox.enums import Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, MailKind, register
from mentoring.pairings.enums import LIVE
from mentoring.pairings.kinds.letters import keys_of, letter_about, withdrawn
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations import concerns, messages
from mentoring.pairings.queries import mails as queries
from mentoring.pairings.queries.concerns import concern_with_key
from mentoring.pairings.queries.messages import bundles_waiting
from mentoring.tenancy.scope import within
from programs.enums import Side
from programs.post import absolute, letter_to


def _unwanted_notices(rows: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted while something of the bundle is unread, by somebody who is there to read it."""
    pairings = queries.pairings_by_key(keys_of(rows))
    return withdrawn(
        each for each in rows if not _is_wanted(each, pairings.get(each.subject_id), now=now)
    )


def _is_wanted(notice: Message, pairing: Pairing | None, *, now: datetime) -> bool:
    side, bundle = notice.occurrence.split(":")
    if not pairing or pairing.state not in LIVE:
        return False
    reader = pairing.person(side)
    if not queries.reachable(reader, now=now):
        return False
    with within(pairing.organization_id, member_id=reader.member_id):
        return bool(bundles_waiting([UUID(bundle)], reader.member_id))


def _write_notice(notice: Message, now: datetime) -> Letter:
    side = Side(notice.occurrence.split(":")[0])
    pairing = queries.pairing_to_write(notice.subject_id)
    letter = letter_about(pairing, side)
    page = reverse("pair_messages", args=[pairing.organization.slug, pairing.pk])
    return replace(letter, context={**letter.context, "url": f"{absolute(page)}#newest"})


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
        unwanted=_unwanted_notices,
        write=_write_notice,
    )
)
register(
    MailKind(
        name=concerns.CONCERN,
        # The log of messages must not say more: the other of the pair may read it.
        label=_("Something to read for a contact"),
        template="mail/pair_concern",
        unwanted=_unwanted_concerns,
        write=_write_concern,
    )
)
