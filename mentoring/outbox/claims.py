"""Who works on which message, and what became of it. All rules of the queue are here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from psycopg import sql

from mentoring.lib.ids import uuid7
from mentoring.outbox.enums import Channel, Reason, State
from mentoring.outbox.models import Message
from mentoring.outbox.retries import delay
from mentoring.outbox.transport import NotSent
from mentoring.tenancy.scope import organization_in_scope

logger = structlog.get_logger(__name__)

LEASE = timedelta(minutes=3)
# Sending may take this long at worst. It must be over before the lease is.
SENDING = timedelta(seconds=90)

# Both are said for every single mail, where putting together the same SQL again took longer than
# all the rest.
FIELDS = Message._meta.concrete_fields
HELD = (
    sql.SQL(
        "SELECT {} FROM outbox_message"
        " WHERE organization_id = %s AND id = %s AND claim = %s FOR UPDATE"
    )
    .format(sql.SQL(", ").join(sql.Identifier(str(each.column)) for each in FIELDS))
    .as_string(None)
)
SENT = """
UPDATE outbox_message SET state = %s, reason = '', detail = '', address = %s, finished_at = %s,
    look_at = NULL, claim = NULL, attempts = attempts + 1
WHERE organization_id = %s AND id = %s
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """Messages that one worker holds until its lease runs out."""

    key: UUID
    message_ids: Sequence[UUID]


@transaction.atomic
def claim_mails(*, now: datetime, limit: int, at: datetime | None = None) -> Claim:
    """Take the mails that have been due for longest; others pass them by meanwhile.

    A mail whose worker vanished is taken alone, and that counts as an attempt: should it
    be the one that kills workers, it ends in quarantine and takes no other along.
    """
    due = Message.objects.due(now=now, at=at).by(Channel.MAIL).order_by("look_at")
    messages = list(due.select_for_update(skip_locked=True)[:limit])
    key = uuid7()
    if cut_short := next((each for each in messages if each.state == State.CLAIMED), None):
        if cut_short.attempts + 1 >= settings.OUTBOX_ATTEMPTS:
            fail(cut_short, NotSent(Reason.CUT_SHORT), now=now)
            return Claim(key, [])
        _hold([cut_short], key, now=now, attempts=cut_short.attempts + 1)
        return Claim(key, [cut_short.pk])
    _hold(messages, key, now=now)
    return Claim(key, [each.pk for each in messages])


def _hold(messages: Sequence[Message], key: UUID, *, now: datetime, **more: int) -> None:
    Message.objects.filter(pk__in=[each.pk for each in messages]).update(
        state=State.CLAIMED, claim=key, look_at=now + LEASE, **more
    )


def held(message_id: UUID, key: UUID) -> Message | None:
    """The message, locked, if the claim still holds it."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [organization_in_scope(), message_id, key])
        row = cursor.fetchone()
    names = [each.attname for each in FIELDS]
    return Message.from_db(connection.alias, names, row) if row else None


def has_time(message: Message, *, now: datetime) -> bool:
    """Whether sending would be over before another worker may take the message."""
    return message.look_at is not None and now + SENDING <= message.look_at


@transaction.atomic
def give_back(message_ids: Iterable[UUID], key: UUID, *, look_at: datetime) -> None:
    """Let go of messages that were not tried."""
    Message.objects.filter(pk__in=list(message_ids), claim=key).update(
        state=State.QUEUED, claim=None, look_at=look_at
    )


def put_off(message: Message, *, look_at: datetime) -> None:
    """Let go of a held message until then; it was not tried."""
    message.state, message.claim = State.QUEUED, None
    message.look_at = message.put_off_to = look_at
    message.save(update_fields=["state", "claim", "look_at", "put_off_to"])


def finish(
    messages: Sequence[Message], state: State, *, now: datetime, reason: str = "", **more: str
) -> None:
    """The messages are done, one way or the other; ``more`` is noted along with it."""
    values = {
        "state": state,
        "reason": reason,
        "detail": "",
        "finished_at": now,
        "look_at": None,
        "claim": None,
    }
    tried = int(state == State.SENT)
    for message in messages:
        for name, value in values.items():
            setattr(message, name, value)
        message.attempts += tried
    if messages:
        done = Message.objects.filter(pk__in=[each.pk for each in messages])
        done.update(**values, **more, attempts=F("attempts") + tried)


def mark_sent(message: Message, address: str, *, now: datetime) -> None:
    """What `finish` does, for one mail that the mail server has taken over."""
    with connection.cursor() as cursor:
        cursor.execute(SENT, [State.SENT, address, now, organization_in_scope(), message.pk])
    message.state, message.address, message.finished_at = State.SENT, address, now
    message.reason, message.detail, message.look_at, message.claim = "", "", None, None
    message.attempts += 1


def fail(message: Message, failure: NotSent, *, now: datetime) -> None:
    """Try the message again later, or never when that is useless or was tried enough."""
    message.attempts += 1
    message.claim = None
    message.reason, message.detail = failure.reason, failure.detail[:60]
    if failure.for_good or message.attempts >= settings.OUTBOX_ATTEMPTS:
        message.state, message.look_at, message.finished_at = State.QUARANTINED, None, now
    else:
        message.state = State.QUEUED
        message.look_at = now + delay(message.pk, message.attempts)
    message.save()
    logger.warning(
        "outbox_message_failed",
        message_id=str(message.pk),
        kind=message.kind,
        attempt=message.attempts,
        state=str(message.state),
        reason=str(failure.reason),
        detail=failure.detail,
    )
