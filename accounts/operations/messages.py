"""What people decide about messages."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.enums import Action
from accounts.models import Member
from accounts.operations.audit import record
from mentoring.outbox.models import Message
from mentoring.outbox.operations import (
    AT_ONCE,
    NotAgain,
    NotWanted,
    OtherNumber,
    TooLate,
    send_again,
    send_all_again,
)

__all__ = ["AT_ONCE", "NotAgain", "NotWanted", "OtherNumber", "TooLate", "resend", "resend_all"]


@transaction.atomic
def resend(*, message: Message, actor: Member, now: datetime, seen: str = "") -> None:
    """Send a failed message or a mail again, on the record.

    Raises NotAgain, NotWanted or TooLate. For ``seen`` look at `send_again`.
    """
    send_again(message_id=message.pk, now=now, seen=seen)
    record(
        actor=actor,
        action=Action.MESSAGE_RESENT,
        subject_id=message.pk,
        subject_name=message.address,
    )


@transaction.atomic
def resend_all(*, messages: QuerySet[Message], expected: int, actor: Member, now: datetime) -> int:
    """Send all of these that failed again, on the record; return how many. Raises OtherNumber."""
    count = send_all_again(messages=messages, expected=expected, now=now)
    record(actor=actor, action=Action.MESSAGES_RESENT, details={"messages": count})
    return count
