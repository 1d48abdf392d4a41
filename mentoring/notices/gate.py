"""What a person wants to happen to a mail, in this order: not at all, later, with others, now."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from mentoring.notices.enums import DIGEST, Frequency, Way
from mentoring.notices.locks import hold_for_sending
from mentoring.notices.operations.digests import collect
from mentoring.notices.queries.readers import Reader, readers_at
from mentoring.notices.tokens import unsubscribe_url
from mentoring.outbox.enums import Reason
from mentoring.outbox.gate import SEND, Verdict
from mentoring.outbox.models import Message
from mentoring.outbox.registry import MailKind, mail_kind


def verdicts(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Verdict]:
    """Asked while the messages are locked; in three queries, and more for what is collected."""
    addresses = {each.recipient for each in messages}
    hold_for_sending(addresses)
    readers = readers_at(addresses)
    return {each.pk: _verdict(each, readers.get(each.recipient), now=now) for each in messages}


def _verdict(message: Message, reader: Reader | None, *, now: datetime) -> Verdict:
    if reader is None:
        return SEND
    kind = mail_kind(message.kind)
    if not reader.wants(kind.switch_name, Way.MAIL):
        return Verdict(reason=Reason.TURNED_OFF)
    if ends := reader.hours.pause_ends(now):
        # What was collected before the pause comes after it.
        return Verdict(look_at=ends) if kind.name == DIGEST else Verdict(reason=Reason.PAUSED)
    if _is_collected(kind, reader):
        if not reader.wants(DIGEST, Way.MAIL):
            return Verdict(reason=Reason.TURNED_OFF)
        if _collect(message, reader, now=now):
            return Verdict(reason=Reason.DIGEST)
    if not kind.is_urgent and (later := _held_back(message, reader, now=now)):
        return Verdict(look_at=later)
    return _send(message, kind, reader)


def _is_collected(kind: MailKind, reader: Reader) -> bool:
    is_single = kind.is_urgent or kind.name == DIGEST
    return reader.hours.digest != Frequency.NEVER and not is_single


def _collect(message: Message, reader: Reader, *, now: datetime) -> bool:
    """Whether the next summary comes early enough for it."""
    return collect(
        message=message,
        member_id=reader.member_id,
        hours=reader.hours,
        expires_at=message.expires_at,
        now=now,
    )


def _held_back(message: Message, reader: Reader, *, now: datetime) -> datetime | None:
    """Until when; a message that would be too late by then goes out now instead."""
    at = reader.hours.released(now)
    is_in_time = message.expires_at is None or at < message.expires_at
    return at if at > now and is_in_time else None


def _send(message: Message, kind: MailKind, reader: Reader) -> Verdict:
    page = reverse("notice_settings", args=[reader.slug])
    url = unsubscribe_url(message.organization_id, reader.member_id, kind.switch_name)
    return Verdict(unsubscribe_url=url, settings_url=f"{settings.BASE_URL}{page}")
