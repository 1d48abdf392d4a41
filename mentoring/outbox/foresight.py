"""What would become of messages, without sending or changing anything."""

from collections.abc import Iterator
from datetime import datetime
from itertools import batched

from django.db import transaction

from mentoring.outbox.enums import Reason, State
from mentoring.outbox.gate import SEND, verdicts_on
from mentoring.outbox.models import Message
from mentoring.outbox.moments import moment
from mentoring.outbox.registry import MailKind, UnknownKind, kind_named
from mentoring.outbox.unrolling import unroll_until

BATCH = 500

type Outcome = tuple[str, State, str]


def foresee(*, now: datetime, at: datetime) -> Iterator[Outcome]:
    """Kind, end and reason of each message due at that moment, in the organization in scope.

    With what schedules make until then. Whether a mail can be written and delivered is known
    only when it is. Whatever a kind changes while it is asked is rolled back.
    """
    seen = moment(now, at)
    with transaction.atomic():
        unroll_until(seen, clock=lambda: now)
        due = Message.objects.due(now=now, at=at).order_by("kind")
        for messages in batched(due.iterator(chunk_size=BATCH), BATCH):
            for kind in dict.fromkeys(each.kind for each in messages):
                yield from _ends([each for each in messages if each.kind == kind], seen, now)
        transaction.set_rollback(True)


def end_of(message: Message, *, now: datetime) -> State:
    """What a worker would make of the message now; like `foresee`."""
    with transaction.atomic():
        ((_kind, state, _reason),) = _ends([message], now, now)
        transaction.set_rollback(True)
    return state


def _ends(messages: list[Message], seen: datetime, now: datetime) -> Iterator[Outcome]:
    """As workers would decide for messages of one kind."""
    timely = [each for each in messages if not each.expires_at or each.expires_at > seen]
    late = len(messages) - len(timely)
    yield from [(messages[0].kind, State.EXPIRED, "")] * late
    if timely:
        yield from _asked(timely, seen, now)


def _asked(messages: list[Message], seen: datetime, now: datetime) -> Iterator[Outcome]:
    """What their kind says of them; halved to find one that is at fault."""
    kind = messages[0].kind
    try:
        with transaction.atomic():
            ends = _decided(messages, seen, now)
    except UnknownKind:
        yield from [(kind, State.QUARANTINED, Reason.UNKNOWN)] * len(messages)
    except Exception:  # noqa: BLE001 - a message at fault is counted, not passed on
        if len(messages) == 1:
            yield kind, State.QUARANTINED, Reason.BROKEN
            return
        middle = len(messages) // 2
        yield from _asked(messages[:middle], seen, now)
        yield from _asked(messages[middle:], seen, now)
    else:
        yield from ((kind, *end) for end in ends)


def _decided(messages: list[Message], seen: datetime, now: datetime) -> list[tuple[State, str]]:
    """First the kind decides, then the people, who may want a mail later or not at all."""
    kind = kind_named(messages[0].kind)
    unwanted = kind.unwanted(messages, seen)
    wanted = [each for each in messages if each.pk not in unwanted]
    asks = isinstance(kind, MailKind) and not kind.is_essential
    verdicts = verdicts_on(wanted, seen=seen, now=now) if asks else {}
    ends = [(State.SKIPPED, str(reason)) for reason in unwanted.values()]
    for message in wanted:
        verdict = verdicts.get(message.pk, SEND)
        if verdict.reason:
            ends.append((State.SKIPPED, verdict.reason))
        else:
            ends.append((State.QUEUED if verdict.look_at else State.SENT, ""))
    return ends
