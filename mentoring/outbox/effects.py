"""In-app effects: applied in the very transaction that marks their messages as done."""

from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db import transaction

from mentoring.lib.clock import Clock
from mentoring.outbox.claims import fail, finish
from mentoring.outbox.enums import Channel, Reason, State
from mentoring.outbox.models import Message
from mentoring.outbox.moments import Note, moment, nobody
from mentoring.outbox.registry import UnknownKind, effect_kind
from mentoring.outbox.transport import NotSent

BATCH = 200


def apply_some(*, clock: Clock, at: datetime | None = None, note: Note = nobody) -> int:
    """Apply the effects that have been due for longest; return how many there were."""
    now = clock()
    with transaction.atomic():
        due = Message.objects.due(now=now, at=at).by(Channel.EFFECT).order_by("look_at")
        messages = list(due.select_for_update(skip_locked=True)[:BATCH])
        kind = attrgetter("kind")
        for _kind, same in groupby(sorted(messages, key=kind), key=kind):
            _apply(list(same), now=now, at=at)
    for message in messages:
        note(message)
    return len(messages)


def _apply(messages: list[Message], *, now: datetime, at: datetime | None) -> None:
    """Apply messages of one kind together; when that fails, halve them to find the one at fault."""
    try:
        with transaction.atomic():
            _apply_together(messages, now=now, seen=moment(now, at))
    except Exception as error:  # noqa: BLE001 - a poison message is noted, not passed on
        if len(messages) > 1:
            middle = len(messages) // 2
            _apply(messages[:middle], now=now, at=at)
            _apply(messages[middle:], now=now, at=at)
            return
        reason = Reason.UNKNOWN if isinstance(error, UnknownKind) else Reason.BROKEN
        fail(messages[0], NotSent(reason, type(error).__name__), now=now)


def _apply_together(messages: list[Message], *, now: datetime, seen: datetime) -> None:
    late = [each for each in messages if each.expires_at and each.expires_at <= seen]
    finish(late, State.EXPIRED, now=now)
    timely = [each for each in messages if each not in late]
    if not timely:
        return
    kind = effect_kind(timely[0].kind)
    unwanted = kind.unwanted(timely, seen)
    for message in timely:
        if message.pk in unwanted:
            finish([message], State.SKIPPED, now=now, reason=unwanted[message.pk])
    wanted = [each for each in timely if each.pk not in unwanted]
    kind.apply(wanted, seen)
    finish(wanted, State.SENT, now=now)
