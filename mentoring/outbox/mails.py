"""Send mails: one transaction each, send one, mark one."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring.lib.clock import Clock
from mentoring.outbox import drain
from mentoring.outbox.brand import Brand
from mentoring.outbox.claims import (
    claim_mails,
    fail,
    finish,
    give_back,
    has_time,
    held,
    mark_sent,
    put_off,
)
from mentoring.outbox.enums import Reason, State
from mentoring.outbox.gate import SEND, Verdict, verdicts_on
from mentoring.outbox.headers import NotAnAddress, sender_domain, unsubscribe_headers
from mentoring.outbox.mail import Mail, add_calendar, compose
from mentoring.outbox.models import Message
from mentoring.outbox.moments import Note, moment, nobody
from mentoring.outbox.registry import Letter, MailKind, UnknownKind, mail_kind
from mentoring.outbox.templatetags.letters import OWN
from mentoring.outbox.texts import own_words
from mentoring.outbox.transport import NotSent, Postman, Unreachable

BATCH = 50
OUTAGE = timedelta(minutes=1)

type Look = Callable[[], Brand]


def deliver_some(
    postman: Postman,
    brand: Look,
    *,
    clock: Clock,
    ends: float,
    at: datetime | None = None,
    note: Note = nobody,
) -> int:
    """Claim a batch and send what fits in before ``ends`` (monotonic); return its size.

    What was not tried is given back, also when this process is told to stop. Raises
    Unreachable when the mail server is away: then the rest of the batch waits a little and
    loses no attempt.
    """
    claim = claim_mails(now=clock(), limit=BATCH, at=at)
    left = list(claim.message_ids)
    pause = timedelta(0)
    try:
        while left:
            deliver_one(left[0], claim.key, postman, brand, clock=clock, at=at, note=note)
            left.pop(0)
            if time.monotonic() >= ends or drain.began():
                break
    except Unreachable:
        pause = OUTAGE
        raise
    finally:
        if left:
            give_back(left, claim.key, look_at=clock() + pause)
    return len(claim.message_ids)


def deliver_one(
    message_id: UUID,
    key: UUID,
    postman: Postman,
    brand: Look,
    *,
    clock: Clock,
    at: datetime | None = None,
    note: Note = nobody,
) -> None:
    """Send a claimed message, or settle why not. Raises Unreachable, after noting it.

    Whatever goes wrong with a message is the message's own trouble, never its batch's.
    """
    try:
        with transaction.atomic():
            message = held(message_id, key)
            if message and has_time(message, now=clock()):
                _settle(message, postman, brand, clock=clock, at=at)
    except Exception as error:
        message = _put_down(message_id, key, _failure(error), now=clock())
        if message:
            note(message)
        if isinstance(error, Unreachable):
            raise
    else:
        if message:
            note(message)


def message_id_header(message: Message) -> str:
    """The same for every attempt, so that mailboxes can tell a repetition."""
    return f"<{message.pk}@{sender_domain()}>"


def _settle(
    message: Message, postman: Postman, brand: Look, *, clock: Clock, at: datetime | None
) -> None:
    now = clock()
    seen = moment(now, at)
    if message.expires_at and message.expires_at <= seen:
        finish([message], State.EXPIRED, now=now)
        return
    kind = mail_kind(message.kind)
    if reason := kind.unwanted([message], seen).get(message.pk):
        finish([message], State.SKIPPED, now=now, reason=reason)
        return
    # What is essential is sent whatever the person wants.
    verdict = SEND if kind.is_essential else verdicts_on([message], seen=seen, now=now)[message.pk]
    if verdict.reason:
        finish([message], State.SKIPPED, now=now, reason=verdict.reason)
        return
    if verdict.look_at:
        put_off(message, look_at=verdict.look_at)
        return
    letter = kind.write(message, seen)
    mail = mail_of(message, kind, letter, verdict, brand())
    # Who stood still while writing knows nothing of what was withdrawn meanwhile.
    if not has_time(message, now=clock()):
        return
    postman.send(mail)
    mark_sent(message, letter.to[1], now=now)


def mail_of(
    message: Message, kind: MailKind, letter: Letter, verdict: Verdict, brand: Brand
) -> Mail:
    """The mail that is made of a letter."""
    links = {"unsubscribe_url": verdict.unsubscribe_url, "settings_url": verdict.settings_url}
    with timezone.override(letter.time_zone):
        own = {OWN: own_words(kind, letter, brand.texts)}
        mail = compose(
            template=letter.template or kind.template,
            to=letter.to,
            context={**letter.context, **links, **own},
            language=letter.language,
            brand=brand,
            message_id=message_id_header(message),
            headers={**letter.headers, **unsubscribe_headers(verdict.unsubscribe_url)},
        )
    if letter.calendar:
        add_calendar(mail, letter.calendar)
    return mail


def _failure(error: Exception) -> NotSent:
    """What stopped a message, in words that are stored."""
    match error:
        case NotSent():
            return error
        case UnknownKind():
            return NotSent(Reason.UNKNOWN)
        case NotAnAddress():
            return NotSent(Reason.ADDRESS, for_good=True)
        case _:
            return NotSent(Reason.BROKEN, type(error).__name__)


@transaction.atomic
def _put_down(message_id: UUID, key: UUID, failure: NotSent, *, now: datetime) -> Message | None:
    message = held(message_id, key)
    if message:
        fail(message, failure, now=now)
    return message
