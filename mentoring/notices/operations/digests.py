"""Collecting mails into a person's summary, and taking them out for it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentoring.lib.clock import day_at
from mentoring.notices.enums import DIGEST
from mentoring.notices.hours import Hours
from mentoring.notices.models import DigestEntry
from mentoring.outbox.adding import key_of
from mentoring.outbox.almanac import Morning
from mentoring.outbox.enums import WAITING
from mentoring.outbox.models import Message
from mentoring.outbox.operations import enqueue_all, move


@transaction.atomic
def collect(
    *, message: Message, member_id: UUID, hours: Hours, expires_at: datetime | None, now: datetime
) -> bool:
    """Let the message wait for the next summary; whether it is not too late by then."""
    slot = hours.next_summary(now)
    while expires_at is None or slot < expires_at:
        if _is_ahead(message.recipient, member_id, slot, hours, now=now):
            DigestEntry.objects.create(member_id=member_id, message=message, added_at=now)
            return True
        slot = hours.next_summary(slot)
    return False


@transaction.atomic
def take(*, member_id: UUID) -> list[DigestEntry]:
    """What waits for the member's summary, oldest first, locked for this transaction."""
    rows = DigestEntry.objects.filter(member=member_id, sent_at=None).order_by("added_at", "pk")
    return list(rows.select_related("message").select_for_update(of=("self",)))


@transaction.atomic
def mark_sent(*, entries: Iterable[DigestEntry], now: datetime) -> None:
    """These are in the summary that is sent in this very transaction."""
    DigestEntry.objects.filter(pk__in=[each.pk for each in entries]).update(sent_at=now)


@transaction.atomic
def send_what_waits(*, member_id: UUID, now: datetime) -> None:
    """Let the summaries that are planned go out now."""
    move(kind=DIGEST, subject_ids=[member_id], due_at=now, expires_at=None, now=now)


def _is_ahead(
    address: str, member_id: UUID, slot: datetime, hours: Hours, *, now: datetime
) -> bool:
    """Whether the summary of that time will still look at what is collected now.

    Who sends one holds its row, so this waits and then knows.
    """
    name = slot.date().isoformat()
    enqueue_all(
        kind=DIGEST,
        wanted=[(address, member_id, name)],
        due_at=Morning(day_at(slot, hours.zone), slot),
        now=now,
    )
    held = Message.objects.select_for_update().get(
        kind=DIGEST,
        recipient=key_of(address),
        subject_id=member_id,
        occurrence=name,
    )
    return held.state in WAITING
