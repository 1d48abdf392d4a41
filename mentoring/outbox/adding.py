"""Keeping messages. Operations do it, and so do workers when a schedule is due."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentoring.outbox.almanac import Morning
from mentoring.outbox.bells import with_bell
from mentoring.outbox.models import Message
from mentoring.outbox.nudge import nudge_after_commit
from mentoring.outbox.registry import kind_named
from mentoring.tenancy.scope import organization_in_scope


@transaction.atomic
def enqueue_all(
    *,
    kind: str,
    wanted: Iterable[tuple[str, UUID, str]],
    due_at: datetime | Morning,
    expires_at: datetime | None = None,
    now: datetime | None = None,
) -> None:
    """Keep many messages of one kind at once: recipient, subject and occurrence of each.

    Beside each mail of a kind that rings goes a message for the bell. What is due in a morning
    moves when hours, free days or places change. Otherwise like `operations.enqueue`.
    """
    due_on, due_at = (due_at.on, due_at.at) if isinstance(due_at, Morning) else (None, due_at)
    now = now or due_at
    channels = [(name, kind_named(name).channel) for name in with_bell(kind)]
    # In one order for everybody: two transactions that want the same wait instead of deadlocking.
    messages = [
        Message(
            kind=name,
            channel=channel,
            recipient=key_of(recipient),
            address=recipient.strip() if "@" in recipient else "",
            subject_id=subject_id,
            occurrence=occurrence,
            due_on=due_on,
            due_at=due_at,
            look_at=due_at,
            expires_at=expires_at,
            created_at=now,
        )
        for recipient, subject_id, occurrence in sorted(wanted)
        for name, channel in channels
    ]
    # The unique key decides a race; the loser waits for the winner's commit.
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    if messages and due_at <= now:
        nudge_after_commit(organization_in_scope())


def key_of(recipient: str) -> str:
    """The recipient as the unique key compares them."""
    return recipient.strip().lower()
