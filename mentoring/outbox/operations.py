"""Decide that a message must arrive, that a failed one gets another chance, or one a repetition."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from mentoring.outbox.adding import enqueue_all, key_of
from mentoring.outbox.bells import with_bell
from mentoring.outbox.enums import State
from mentoring.outbox.foresight import end_of
from mentoring.outbox.log import failed_now, may_be_repeated, seen_of
from mentoring.outbox.models import Message
from mentoring.outbox.nudge import nudge_after_commit
from mentoring.tenancy.scope import organization_in_scope

__all__ = [
    "NotAgain",
    "NotWanted",
    "OtherNumber",
    "TooLate",
    "enqueue",
    "enqueue_all",
    "look_again",
    "move",
    "send_again",
    "send_all_again",
]
AT_ONCE = 5_000


class NotAgain(Exception):
    """It was not given up, and is no mail that may be repeated or not as somebody has seen it."""


class NotWanted(Exception):
    """Nobody would get it: it is not needed any more, or by the person's own wish."""


class TooLate(Exception):
    """The message has expired, so nobody would send it."""


class OtherNumber(Exception):
    """There are not as many messages to send again as somebody has agreed to."""


@transaction.atomic
def enqueue(
    *,
    kind: str,
    recipient: str,
    subject_id: UUID,
    occurrence: str,
    due_at: datetime,
    expires_at: datetime | None = None,
    now: datetime | None = None,
) -> Message:
    """Keep a message that must arrive, in the transaction that decides it.

    ``recipient`` is an e-mail address, or the key of whoever gets it. ``now`` is the time
    of the decision, by default ``due_at``. The same kind, recipient, subject and occurrence
    again change nothing and return the row that is there. Raises UnknownKind.
    """
    enqueue_all(
        kind=kind,
        wanted=[(recipient, subject_id, occurrence)],
        due_at=due_at,
        expires_at=expires_at,
        now=now,
    )
    return Message.objects.get(
        kind=kind, recipient=key_of(recipient), subject_id=subject_id, occurrence=occurrence
    )


@transaction.atomic
def move(
    *,
    kind: str,
    subject_ids: Iterable[UUID],
    occurrence: str = "",
    due_at: datetime,
    expires_at: datetime | None,
    now: datetime,
) -> int:
    """Let messages that are not due yet become due at another time; return how many were.

    Without an occurrence all of the subjects' are meant. Bells move along and are not counted.
    What was planned for a morning is not any more.
    """
    waiting = Message.objects.filter(state=State.QUEUED, due_at__gt=now)
    found = waiting.filter(subject_id__in=list(subject_ids))
    if occurrence:
        found = found.filter(occurrence=occurrence)
    values = {"due_on": None, "put_off_to": None, "expires_at": expires_at}
    values |= {"due_at": due_at, "look_at": due_at}
    moved, *_bells = [found.filter(kind=name).update(**values) for name in with_bell(kind)]
    if moved and due_at <= now:
        nudge_after_commit(organization_in_scope())
    return moved


@transaction.atomic
def look_again(*, recipients: Collection[str], now: datetime) -> None:
    """Let what was put off for these readers be looked at now: they want something else."""
    waiting = Message.objects.filter(state=State.QUEUED, recipient__in=recipients)
    if waiting.filter(put_off_to__gt=now).update(look_at=now, put_off_to=now):
        nudge_after_commit(organization_in_scope())


@transaction.atomic
def send_again(*, message_id: UUID, now: datetime, seen: str = "") -> Message:
    """Give a failed message all its attempts back, or send a mail once more.

    ``seen`` is when the mail had been sent when somebody decided, as `seen_of` says it: who comes
    second, be it with a second click, repeats nothing. It counts as due now. Raises
    Message.DoesNotExist, NotAgain, NotWanted, or TooLate when it has expired meanwhile.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    is_repeated = may_be_repeated(message) and seen == seen_of(message)
    if message.state != State.QUARANTINED and not is_repeated:
        raise NotAgain
    if message.expires_at and message.expires_at <= now:
        raise TooLate
    if is_repeated:
        # What was sent stays sent when nobody would get it again.
        if end_of(message, now=now) not in {State.SENT, State.QUEUED}:
            raise NotWanted
        message.due_on, message.due_at, message.put_off_to = None, now, None
    message.state = State.QUEUED
    message.look_at, message.finished_at = now, None
    message.attempts, message.reason, message.detail = 0, "", ""
    message.save()
    nudge_after_commit(organization_in_scope())
    return message


@transaction.atomic
def send_all_again(*, messages: QuerySet[Message], expected: int, now: datetime) -> int:
    """Give all of these that failed their attempts back, at most `AT_ONCE`; return how many.

    Those that have expired stay. Raises OtherNumber when there are not ``expected`` many, so that
    nobody sends more than was asked about, nor twice.
    """
    rows = failed_now(messages, now=now).order_by("pk")
    # In the order of everybody who takes several, so that nobody deadlocks.
    held = [pk for (pk,) in rows.select_for_update().values_list("pk")[:AT_ONCE]]
    if not held or len(held) != min(expected, AT_ONCE):
        raise OtherNumber
    fresh = {"state": State.QUEUED, "look_at": now, "finished_at": None}
    count = Message.objects.filter(pk__in=held).update(**fresh, attempts=0, reason="", detail="")
    if count:
        nudge_after_commit(organization_in_scope())
    return count
