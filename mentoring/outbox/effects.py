"""In-app effects: applied in the very transaction that marks their messages as done."""

from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db import transaction

from mentoring.outbox.claims import fail, finish
from mentoring.outbox.enums import Channel, Reason, State
from mentoring.outbox.models import Message
from mentoring.outbox.registry import UnknownKind, effect_kind
from mentoring.outbox.transport import NotSent

BATCH = 200


@transaction.atomic
def apply_some(*, clock: Callable[[], datetime]) -> int:
    """Apply the effects that have been due for longest; return how many there were."""
    now = clock()
    due = Message.objects.due(now=now).by(Channel.EFFECT).order_by("look_at")
    messages = list(due.select_for_update(skip_locked=True)[:BATCH])
    kind = attrgetter("kind")
    for _kind, same in groupby(sorted(messages, key=kind), key=kind):
        _apply(list(same), now=now)
    return len(messages)


def _apply(messages: list[Message], *, now: datetime) -> None:
    """Apply messages of one kind together; when that fails, halve them to find the one at fault."""
    try:
        with transaction.atomic():
            _apply_together(messages, now=now)
    except Exception as error:  # noqa: BLE001 - a poison message is noted, not passed on
        if len(messages) > 1:
            middle = len(messages) // 2
            _apply(messages[:middle], now=now)
            _apply(messages[middle:], now=now)
            return
        reason = Reason.UNKNOWN if isinstance(error, UnknownKind) else Reason.BROKEN
        fail(messages[0], NotSent(reason, type(error).__name__), now=now)


def _apply_together(messages: list[Message], *, now: datetime) -> None:
    late = [each for each in messages if each.expires_at and each.expires_at <= now]
    finish(late, State.EXPIRED, now=now)
    timely = [each for each in messages if each not in late]
    if not timely:
        return
    kind = effect_kind(timely[0].kind)
    unwanted = kind.unwanted(timely, now)
    for message in timely:
        if message.pk in unwanted:
            finish([message], State.SKIPPED, now=now, reason=unwanted[message.pk])
    wanted = [each for each in timely if each.pk not in unwanted]
    kind.apply(wanted, now)
    finish(wanted, State.SENT, now=now)
