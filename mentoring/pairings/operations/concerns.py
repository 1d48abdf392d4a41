"""Raising a concern, and having looked into one."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Member
from mentoring.lib.ids import uuid7
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.enums import ConcernKind
from mentoring.pairings.models import Concern, ConcernNote, Pairing, PairMessage
from mentoring.pairings.operations.messages import lock
from mentoring.pairings.queries.concerns import can_read, recipient_for
from mentoring.pairings.queries.messages import text_of
from mentoring.pairings.sealed import CONCERN as CONCERN_TEXT
from mentoring.pairings.sealed import CONCERN_MESSAGE, CONCERN_NOTE
from mentoring.profiles.sealed import seal, unseal
from programs.enums import Side
from programs.post import address_of

CONCERN = "pairings.concern"
DAY = timedelta(days=1)


MOST_A_DAY = 5


class NobodyThere(Exception):
    """Nobody outside both reporting lines can be reached."""


class TooMany(Exception):
    """The person has raised as many concerns about this pair today as one can read."""


class StillThere(Exception):
    """Whoever was to read the concern can do so, or has looked into it."""


@transaction.atomic
def raise_concern(
    *,
    pairing: Pairing,
    side: Side,
    kind: ConcernKind,
    text: str,
    nonce: UUID,
    now: datetime,
    message: PairMessage | None = None,
) -> Concern:
    """Tell the person outside both reporting lines, and nobody else.

    ``message`` is one that the reporter wants to be read as well. The same form sent twice
    is one concern. Raises NobodyThere or TooMany.
    """
    lock(pairing, is_live=False)
    reporter = pairing.person(side).member
    known: Concern | None = Concern.objects.filter(reporter=reporter, nonce=nonce).first()
    if known:
        if (known.kind, unseal(known.text, purpose=CONCERN_TEXT)) == (kind, text):
            return known
        nonce = uuid7()
    recipient = _recipient_now(pairing, reporter, now=now)
    concern: Concern = Concern.objects.create(
        organization_id=pairing.organization_id,
        pairing=pairing,
        reporter=reporter,
        recipient=recipient,
        kind=kind,
        text=seal(text, purpose=CONCERN_TEXT),
        **_copy_of(message, reporter),
        nonce=nonce,
        raised_at=now,
    )
    _tell(concern, now=now)
    return concern


@transaction.atomic
def hand_on(*, concern: Concern, now: datetime) -> Concern:
    """Have somebody else read a concern whose recipient is away, as its reporter.

    Raises StillThere or NobodyThere.
    """
    rows = Concern.objects.select_for_update(of=("self",)).filter(looked_at=None)
    joined = rows.select_related("recipient", "pairing")
    found: Concern | None = joined.filter(pk=concern.pk).first()
    if not found or can_read(found.recipient):
        raise StillThere
    recipient = recipient_for(found.pairing)
    if not recipient:
        raise NobodyThere
    found.recipient = recipient
    found.save(update_fields=["recipient"])
    _tell(found, now=now)
    return found


@transaction.atomic
def look_into(*, concern: Concern, note: str, now: datetime) -> None:
    """Note, as the recipient, that the concern was looked into; the note is for oneself.

    Again only changes the note.
    """
    Concern.objects.filter(pk=concern.pk, looked_at=None).update(looked_at=now)
    own = ConcernNote.objects.filter(concern=concern, writer=concern.recipient_id)
    if not note:
        own.delete()
        return
    ConcernNote.objects.update_or_create(
        concern=concern,
        writer_id=concern.recipient_id,
        defaults={"text": seal(note, purpose=CONCERN_NOTE)},
    )


def _recipient_now(pairing: Pairing, reporter: Member, *, now: datetime) -> Member:
    """Who reads one more concern of this reporter. Raises TooMany or NobodyThere."""
    own = Concern.objects.filter(reporter=reporter, pairing=pairing)
    if own.filter(raised_at__gt=now - DAY, raised_at__lte=now).count() >= MOST_A_DAY:
        raise TooMany
    recipient = recipient_for(pairing)
    if not recipient:
        raise NobodyThere
    return recipient


def _tell(concern: Concern, *, now: datetime) -> None:
    recipient = concern.recipient
    told = (address_of(recipient), concern.pk, str(recipient.pk))
    enqueue_all(kind=CONCERN, wanted=[told], due_at=now)


def _copy_of(message: PairMessage | None, reader: Member) -> dict[str, Any]:
    """The fields for the message, unless its writer has taken it back meanwhile."""
    rows = PairMessage.objects.filter(reader=reader, removed_at=None)
    found = rows.filter(pk=message.pk).first() if message else None
    if not found:
        return {}
    text = seal(text_of(found), purpose=CONCERN_MESSAGE)
    return {"message_text": text, "message_written_at": found.written_at}
