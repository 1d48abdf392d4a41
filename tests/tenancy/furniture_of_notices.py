"""Rows of what people are told, for tests of isolation."""

from datetime import datetime
from uuid import UUID

from accounts.models import Member
from mentoring.notices.enums import Way
from mentoring.notices.models import (
    Delivery,
    DigestEntry,
    MailText,
    MailTrial,
    Notice,
    TurnedOff,
)
from mentoring.outbox.models import Message


def furnish_notices(
    name: str, member: Member, message: Message, *, at: datetime
) -> dict[str, UUID]:
    """What the bell says to the member, and what the member wants; call it as the member."""
    TurnedOff.objects.create(member=member, kind=name[:60], way=Way.BELL)
    Delivery.objects.create(member=member, spares_free_days=True)
    DigestEntry.objects.create(member=member, message=message, added_at=at)
    notice = Notice.objects.create(
        member=member, message_id=message.pk, kind="test", subject_id=message.pk, text=name, at=at
    )
    words = {
        "kind": "pairings.began",
        "case": "usual",
        "language": "en",
        "subject": name,
        "words": f"{name} {{partner}}",
    }
    text = MailText.objects.create(**words, version=1, written_by=member, written_at=at)
    MailTrial.objects.create(**words, member=member, asked_at=at)
    return {"notice_id": notice.pk, "text_id": text.pk}
