"""Writing to the other of a pair, taking a message back, and having read."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.models import Member
from mentoring.lib.ids import uuid7
from mentoring.outbox.enums import State
from mentoring.outbox.models import Message
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.enums import LIVE
from mentoring.pairings.models import Pairing, PairMessage
from mentoring.pairings.queries.messages import TAKE_BACK
from mentoring.pairings.sealed import MESSAGE
from mentoring.profiles.enums import OTHER_SIDE
from mentoring.profiles.sealed import seal, unseal
from programs.enums import Side
from programs.models import Participant
from programs.post import address_of

KIND = "pairings.message"
NOTICE_AFTER = timedelta(minutes=2)
PER_HOUR = 30
HOUR = timedelta(hours=1)
# A notice in one of these states stands for what is written after it, until it is all read.
STANDING = (State.QUEUED, State.CLAIMED, State.SENT)


class PairOver(Exception):
    """The pair has ended: what was written stays, nothing is added."""


class TooMany(Exception):
    """The writer has written too much to this reader within an hour."""


@transaction.atomic
def write(*, pairing: Pairing, side: Side, text: str, nonce: UUID, now: datetime) -> PairMessage:
    """Write to the other of the pair. The same text with the same nonce again changes nothing.

    A form that comes back from the browser's memory has an old nonce; a new text in it is a
    new message. Raises PairOver or TooMany.
    """
    if not lock(pairing):
        raise PairOver
    writer, reader = pairing.person(side), pairing.person(OTHER_SIDE[side])
    own = PairMessage.objects.filter(writer=writer.member_id)
    if known := own.filter(nonce=nonce).first():
        if unseal(known.text, purpose=MESSAGE) == text:
            return known
        nonce = uuid7()
    if own.filter(pairing=pairing, written_at__gt=now - HOUR).count() >= PER_HOUR:
        raise TooMany
    key = uuid7()
    bundle = _standing_bundle(pairing, reader) or key
    message = PairMessage.objects.create(
        pk=key,
        organization_id=pairing.organization_id,
        pairing=pairing,
        writer_id=writer.member_id,
        reader_id=reader.member_id,
        text=seal(text, purpose=MESSAGE),
        nonce=nonce,
        bundle=bundle,
        written_at=now,
    )
    notice = (address_of(reader.member), pairing.pk, occurrence_of(reader.side, bundle))
    enqueue_all(kind=KIND, wanted=[notice], due_at=now + NOTICE_AFTER, now=now)
    return message


@transaction.atomic
def take_back(*, message: PairMessage, now: datetime) -> bool:
    """Empty a message soon after it was written; whether it was in time. Twice is once."""
    rows = PairMessage.objects.filter(
        pk=message.pk,
        removed_at=None,
        written_at__gt=now - TAKE_BACK,
        pairing__state__in=LIVE,
    )
    return bool(rows.update(text="", removed_at=now))


@transaction.atomic
def mark_read(*, pairing: Pairing, reader: Member, now: datetime) -> int:
    """Everything that is there for the reader counts as read; return how much was new.

    The lock keeps a message that is being written apart: it is either there, or begins a
    notice of its own.
    """
    unread = PairMessage.objects.filter(pairing=pairing, reader=reader, read_at=None)
    if not unread.exists():
        return 0
    lock(pairing, is_live=False)
    return unread.update(read_at=now)


def occurrence_of(side: str, bundle: UUID) -> str:
    """Names one notice: to whom, and the message that it went out with."""
    return f"{side}:{bundle}"


def lock(pairing: Pairing, *, is_live: bool = True) -> bool:
    """Hold the pair, so that what the two do comes one after the other; whether it is live."""
    rows = Pairing.objects.filter(pk=pairing.pk)
    return bool(list((rows.live() if is_live else rows).locked().values_list("pk")))


def _standing_bundle(pairing: Pairing, reader: Participant) -> UUID | None:
    """The bundle of what the reader has not read yet, while its notice stands.

    A notice that a worker holds at this moment may be about to be dropped, so it does not
    count: one mail too many is better than none.
    """
    unread = PairMessage.objects.filter(
        pairing=pairing, reader=reader.member_id, read_at=None
    ).latest_first()
    latest = unread.first()
    if not latest:
        return None
    notice = Message.objects.filter(
        kind=KIND,
        subject_id=pairing.pk,
        occurrence=occurrence_of(reader.side, latest.bundle),
        state__in=STANDING,
    )
    stands = bool(list(notice.select_for_update(skip_locked=True).values_list("pk")))
    return latest.bundle if stands else None
