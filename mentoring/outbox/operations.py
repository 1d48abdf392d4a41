"""Decide that a message must arrive, or that a failed one gets another chance."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentoring.outbox.adding import enqueue_all, key_of
from mentoring.outbox.bells import with_bell
from mentoring.outbox.enums import State
from mentoring.outbox.models import Message
from mentoring.outbox.nudge import nudge_after_commit
from mentoring.tenancy.scope import organization_in_scope

__all__ = ["NotFailed", "TooLate", "enqueue", "enqueue_all", "move", "send_again"]


class NotFailed(Exception):
    """Only messages that were given up can be sent again."""


class TooLate(Exception):
    """The message has expired, so nobody would send it."""


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
    due_at: datetime,
    expires_at: datetime | None,
    now: datetime,
) -> int:
    """Let messages that are not due yet become due at another time; return how many were.

    Their bells move along and are not counted.
    """
    waiting = Message.objects.filter(state=State.QUEUED, due_at__gt=now)
    found = waiting.filter(subject_id__in=list(subject_ids))
    moved, *_bells = [
        found.filter(kind=name).update(due_at=due_at, look_at=due_at, expires_at=expires_at)
        for name in with_bell(kind)
    ]
    if moved and due_at <= now:
        nudge_after_commit(organization_in_scope())
    return moved


@transaction.atomic
def send_again(*, message_id: UUID, now: datetime) -> Message:
    """Give a failed message all its attempts back.

    Raises Message.DoesNotExist, NotFailed, or TooLate when it has expired meanwhile.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != State.QUARANTINED:
        raise NotFailed
    if message.expires_at and message.expires_at <= now:
        raise TooLate
    message.state = State.QUEUED
    message.look_at, message.finished_at = now, None
    message.attempts, message.reason, message.detail = 0, "", ""
    message.save(update_fields=["state", "look_at", "finished_at", "attempts", "reason", "detail"])
    nudge_after_commit(organization_in_scope())
    return message
