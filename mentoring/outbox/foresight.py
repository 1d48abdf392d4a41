"""What would become of messages, without sending or changing anything."""

from collections.abc import Iterator
from datetime import datetime
from itertools import batched

from django.db import transaction

from mentoring.outbox.enums import Reason, State
from mentoring.outbox.models import Message
from mentoring.outbox.moments import moment
from mentoring.outbox.registry import UnknownKind, kind_named

BATCH = 500

type Outcome = tuple[str, State, str]


def foresee(*, now: datetime, at: datetime) -> Iterator[Outcome]:
    """Kind, end and reason of each message due at that moment, in the organization in scope.

    Whether a mail can be written and delivered is known only when it is. Whatever a kind
    changes while it is asked is rolled back.
    """
    seen = moment(now, at)
    with transaction.atomic():
        due = Message.objects.due(now=now, at=at).order_by("kind")
        for messages in batched(due.iterator(chunk_size=BATCH), BATCH):
            for kind in dict.fromkeys(each.kind for each in messages):
                yield from _ends([each for each in messages if each.kind == kind], seen)
        transaction.set_rollback(True)


def _ends(messages: list[Message], seen: datetime) -> Iterator[Outcome]:
    """As workers would decide for messages of one kind."""
    timely = [each for each in messages if not each.expires_at or each.expires_at > seen]
    late = len(messages) - len(timely)
    yield from [(messages[0].kind, State.EXPIRED, "")] * late
    if timely:
        yield from _asked(timely, seen)


def _asked(messages: list[Message], seen: datetime) -> Iterator[Outcome]:
    """What their kind says of them; halved to find one that is at fault."""
    kind = messages[0].kind
    try:
        with transaction.atomic():
            unwanted = kind_named(kind).unwanted(messages, seen)
    except UnknownKind:
        yield from [(kind, State.QUARANTINED, Reason.UNKNOWN)] * len(messages)
    except Exception:  # noqa: BLE001 - a message at fault is counted, not passed on
        if len(messages) == 1:
            yield kind, State.QUARANTINED, Reason.BROKEN
            return
        middle = len(messages) // 2
        yield from _asked(messages[:middle], seen)
        yield from _asked(messages[middle:], seen)
    else:
        for message in messages:
            reason = unwanted.get(message.pk, "")
            yield kind, State.SKIPPED if reason else State.SENT, reason
