"""What a person wants to happen to a mail, in this order: not at all, later, with others, now."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from accounts.mornings import LATE
from mentoring.notices.enums import DIGEST, Frequency, Way
from mentoring.notices.locks import hold_for_sending
from mentoring.notices.operations.digests import collect
from mentoring.notices.queries.readers import Reader, readers_at
from mentoring.notices.tokens import unsubscribe_url
from mentoring.outbox.bells import SUFFIX
from mentoring.outbox.enums import Channel, Group, Reason
from mentoring.outbox.gate import SEND, Verdict
from mentoring.outbox.models import Message
from mentoring.outbox.registry import MailKind, mail_kind


def verdicts(messages: Sequence[Message], seen: datetime, now: datetime) -> Mapping[UUID, Verdict]:
    """Asked while the messages are locked; in three queries, and more for what is collected.

    They are judged by the moment ``seen``; only how late a worker is follows the real clock.
    """
    addresses = {each.recipient for each in messages}
    hold_for_sending(addresses)
    readers = readers_at(addresses)
    return {
        each.pk: _verdict(
            each, readers.get(each.recipient), now=seen, is_late=now - each.awaited_at > LATE
        )
        for each in messages
    }


def wishes(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Which mails and bells would not come as such, each at its time; in two queries.

    Off, paused, collected or held back: whoever looks ahead for others reads one word for all
    of them. Nothing is written and nobody is held.
    """
    readers = readers_at({each.recipient for each in messages})
    return {
        each.pk: reason
        for each in messages
        if (reason := _wish(each, readers.get(each.recipient), now=now))
    }


def _wish(message: Message, reader: Reader | None, *, now: datetime) -> Reason | None:
    kind = mail_kind(message.kind.removesuffix(SUFFIX))
    if message.channel != Channel.MAIL:
        if reader is None or not reader.has_user:
            return Reason.NO_BELL
        return None if reader.wants(kind.switch_name, Way.BELL) else Reason.TURNED_OFF
    if reader is None:
        return None
    at = max(now, message.due_at)
    is_held = (
        _not_at_all(kind, reader, now=at)
        or _is_collected(kind, reader)
        or _later(message, kind, reader, now=at)
    )
    return Reason.TURNED_OFF if is_held else None


def _verdict(message: Message, reader: Reader | None, *, now: datetime, is_late: bool) -> Verdict:
    if reader is None:
        return SEND
    kind = mail_kind(message.kind)
    return (
        _not_at_all(kind, reader, now=now)
        or _with_others(message, kind, reader, now=now)
        or (_by_day(message, kind, reader, now=now) if is_late else None)
        or _later(message, kind, reader, now=now)
        or _now(message, kind, reader)
    )


def _not_at_all(kind: MailKind, reader: Reader, *, now: datetime) -> Verdict | None:
    """The kind is turned off, or the person has a pause; a summary waits for a morning after it."""
    is_off = not reader.wants(kind.switch_name, Way.MAIL)
    if is_off or (_is_collected(kind, reader) and not reader.wants(DIGEST, Way.MAIL)):
        return Verdict(reason=Reason.TURNED_OFF)
    if ends := reader.hours.pause_ends(now):
        if kind.name == DIGEST:
            return Verdict(look_at=reader.hours.civil(ends))
        return Verdict(reason=Reason.PAUSED)
    return None


def _with_others(
    message: Message, kind: MailKind, reader: Reader, *, now: datetime
) -> Verdict | None:
    """It waits for the next summary, if that comes early enough."""
    is_in_time = _is_collected(kind, reader) and collect(
        message=message,
        member_id=reader.member_id,
        hours=reader.hours,
        expires_at=message.expires_at,
        now=now,
    )
    return Verdict(reason=Reason.DIGEST) if is_in_time else None


def _later(message: Message, kind: MailKind, reader: Reader, *, now: datetime) -> Verdict | None:
    """When quiet hours are over; a message that would be too late by then goes out now."""
    if kind.is_urgent:
        return None
    moments = (reader.hours.released(now, is_pressing=each) for each in (False, True))
    return next(filter(None, (_until(at, message, now=now) for at in moments)), None)


def _by_day(message: Message, kind: MailKind, reader: Reader, *, now: datetime) -> Verdict | None:
    """A reminder that a worker is late with waits for a civil hour, unless that is too late."""
    if kind.group != Group.REMINDERS or kind.is_urgent:
        return None
    return _until(reader.hours.released(reader.hours.civil(now)), message, now=now)


def _until(at: datetime, message: Message, *, now: datetime) -> Verdict | None:
    is_in_time = message.expires_at is None or at < message.expires_at
    return Verdict(look_at=at) if at > now and is_in_time else None


def _now(message: Message, kind: MailKind, reader: Reader) -> Verdict:
    page = reverse("notice_settings", args=[reader.slug])
    url = unsubscribe_url(message.organization_id, reader.member_id, kind.switch_name)
    return Verdict(unsubscribe_url=url, settings_url=f"{settings.BASE_URL}{page}")


def _is_collected(kind: MailKind, reader: Reader) -> bool:
    is_single = kind.is_urgent or kind.name == DIGEST
    return reader.hours.digest != Frequency.NEVER and not is_single
