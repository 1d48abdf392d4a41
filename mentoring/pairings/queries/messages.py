"""The conversation of a pair, as one of the two may read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Member
from mentoring.pairings.enums import LIVE
from mentoring.pairings.models import Pairing, PairingQuerySet, PairMessage, PairMessageQuerySet
from mentoring.pairings.queries.pairs import Card, pairings_known_to
from mentoring.pairings.sealed import MESSAGE
from mentoring.profiles.sealed import unseal

ON_A_PAGE = 30
TAKE_BACK = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the conversation; ``is_seen`` marks the last own one that was read."""

    key: UUID
    text: str
    written_at: datetime
    is_mine: bool
    is_new: bool
    is_seen: bool
    is_taken_back: bool
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """Some of the messages in reading order; ``earlier`` leads to those before them.

    ``new`` is how many messages of the whole conversation wait for the reader.
    """

    lines: list[Line] = field(default_factory=list)
    earlier: UUID | None = None
    is_latest: bool = True
    new: int = 0


def pairs_of(member: Member) -> PairingQuerySet:
    """The pairs that the member is or was one of: those with something to say to each other."""
    return pairings_known_to(member).exclude(began_at=None)


def conversation_of(
    card: Card,
    *,
    now: datetime,
    before: str = "",
    is_read: bool = False,
    size: int = ON_A_PAGE,
) -> Conversation:
    """The last messages, or those before the one that ``before`` names.

    A name that nothing has is ignored. With ``is_read`` what was marked as read at this
    very moment still counts as new. One query, two with ``before``.
    """
    new = PairMessage.objects.new_to(card.me.member).filter(pairing=card.pairing)
    counted = new.order_by().values("pairing").annotate(number=Count("pk")).values("number")
    rows = PairMessage.objects.filter(pairing=card.pairing).latest_first()
    rows = rows.annotate(new=Coalesce(Subquery(counted), 0))
    older = _older_than(card.pairing, before)
    found = list(rows.filter(older)[: size + 1] if older else rows[: size + 1])
    shown = found[:size][::-1]
    me = card.me.member_id
    read = (each.pk for each in found if each.writer_id == me and each.read_at)
    seen = None if older else next(read, None)
    new_at = now if is_read else None
    lines = [_line(each, card, now=now, new_at=new_at, seen=seen) for each in shown]
    return Conversation(
        lines,
        earlier=shown[0].pk if len(found) > size else None,
        is_latest=not older,
        new=getattr(found[0], "new", 0) if found else 0,
    )


def _line(
    message: PairMessage, card: Card, *, now: datetime, new_at: datetime | None, seen: UUID | None
) -> Line:
    is_mine = message.writer_id == card.me.member_id
    is_taken_back = message.removed_at is not None
    is_young = message.written_at > now - TAKE_BACK
    return Line(
        key=message.pk,
        text=unseal(message.text, purpose=MESSAGE),
        written_at=message.written_at,
        is_mine=is_mine,
        is_new=not (is_mine or is_taken_back) and message.read_at in {None, new_at},
        is_seen=message.pk == seen and not is_taken_back,
        is_taken_back=is_taken_back,
        may_take_back=is_mine and is_young and not is_taken_back and card.pairing.state in LIVE,
    )


def _older_than(pairing: Pairing, name: str) -> Q | None:
    """What comes before the message of that name."""
    try:
        key = UUID(name)
    except ValueError:
        return None
    found = PairMessage.objects.filter(pairing=pairing, pk=key).values_list("written_at", flat=True)
    at = found.first()
    return Q(written_at__lt=at) | Q(written_at=at, pk__lt=key) if at else None


def new_by_pairing(member: Member) -> Mapping[UUID, int]:
    """How many messages wait for the member, in all pairs; one query."""
    rows = PairMessage.objects.new_to(member).order_by().values("pairing")
    return dict(rows.annotate(number=Count("pk")).values_list("pairing", "number"))


def own_messages(member: Member, pairing: Pairing) -> PairMessageQuerySet:
    """What the member wrote to the other."""
    return PairMessage.objects.filter(pairing=pairing, writer=member)


def message_from_partner(member: Member, pairing: Pairing, name: str) -> PairMessage | None:
    """A message that the member was sent, and that still has its text."""
    try:
        key = UUID(name)
    except ValueError:
        return None
    rows = PairMessage.objects.filter(pairing=pairing, reader=member, removed_at=None)
    return rows.filter(pk=key).first()


def text_of(message: PairMessage) -> str:
    return unseal(message.text, purpose=MESSAGE)


def bundles_waiting(bundles: Iterable[UUID], member_id: UUID) -> set[UUID]:
    """Those of the bundles in which something still waits for the member, who is in scope."""
    rows = PairMessage.objects.filter(bundle__in=list(bundles), reader=member_id)
    return set(rows.filter(read_at=None, removed_at=None).values_list("bundle", flat=True))
