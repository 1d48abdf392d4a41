"""Ringing the bell, and having read what it says."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Member
from mentoring.notices.models import Notice
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Line

LONGEST = 300
LONGEST_URL = 500


@transaction.atomic
def put(*, lines: Iterable[tuple[UUID, Message, Line]], now: datetime) -> None:
    """Put a line for each member behind the bell, however many at once.

    The message that rings makes it happen once. For workers, while no member is in scope.
    """
    rows = [
        Notice(
            member_id=member_id,
            message_id=message.pk,
            kind=message.kind,
            subject_id=message.subject_id,
            text=line.text[:LONGEST],
            url=line.url if len(line.url) <= LONGEST_URL else "",
            at=now,
        )
        for member_id, message, line in lines
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def mark_read(*, notice: Notice, now: datetime) -> None:
    """The member has seen it; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now)


@transaction.atomic
def mark_all_read(*, member: Member, until: datetime, now: datetime) -> int:
    """Everything that was on the page: what came since stays new. How many there were."""
    return Notice.objects.filter(member=member, at__lte=until).unread().update(read_at=now)
