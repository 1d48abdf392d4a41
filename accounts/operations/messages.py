"""What people decide about messages."""

from datetime import datetime

from django.db import transaction

from accounts.enums import Action
from accounts.models import Member
from accounts.operations.audit import record
from mentoring.outbox.models import Message
from mentoring.outbox.operations import NotFailed, TooLate, send_again

__all__ = ["NotFailed", "TooLate", "resend"]


@transaction.atomic
def resend(*, message: Message, actor: Member, now: datetime) -> None:
    """Send a failed message again, on the record. Raises NotFailed or TooLate."""
    send_again(message_id=message.pk, now=now)
    record(
        actor=actor,
        action=Action.MESSAGE_RESENT,
        subject_id=message.pk,
        subject_name=message.address,
    )
