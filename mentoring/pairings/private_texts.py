"""What a new SECRET_KEY has to reach."""

from collections.abc import Iterable
from uuid import UUID

from accounts.sealed import SealedTexts, register
from mentoring.outbox.models import Message
from mentoring.pairings.models import (
    Agreement,
    AgreementText,
    Concern,
    ConcernNote,
    Offer,
    Pairing,
    PairMessage,
    SharedAims,
)
from mentoring.pairings.operations.concerns import CONCERN as CONCERN_KIND
from mentoring.pairings.sealed import (
    AGREED_OFFERS,
    AGREED_SEEKS,
    CONCERN,
    CONCERN_MESSAGE,
    CONCERN_NOTE,
    MESSAGE,
    OFFER,
    SHARED_AIMS,
    SHARED_CHALLENGES,
)
from programs.enums import Side


def _writers() -> Iterable[UUID]:
    """Everybody who has ever asked somebody."""
    for side in Side:
        asked = Pairing.objects.filter(requested_by=side).order_by()
        yield from asked.values_list(f"{side}__member_id", flat=True).distinct()


register(SealedTexts(model=Offer, purposes={"text": OFFER}, writers=_writers, writer="writer"))


def _mentors() -> Iterable[UUID]:
    """Every mentor of a pair with an agreement: each of the two may renew its words."""
    rows = Agreement.objects.order_by()
    return rows.values_list("pairing__mentor__member_id", flat=True).distinct()


register(
    SealedTexts(
        model=AgreementText,
        purposes={"offers": AGREED_OFFERS, "seeks": AGREED_SEEKS},
        writers=_mentors,
        writer="mentor_member",
    )
)


def _paired() -> Iterable[UUID]:
    """Everybody who has ever been one of a pair."""
    for side in Side:
        pairs = Pairing.objects.exclude(began_at=None).order_by()
        yield from pairs.values_list(f"{side}__member_id", flat=True).distinct()


def _recipients() -> Iterable[UUID]:
    """Everybody to whom a concern was ever addressed; the message that told them names them."""
    told = Message.objects.filter(kind=CONCERN_KIND).order_by()
    return map(UUID, told.values_list("occurrence", flat=True).distinct())


register(
    SealedTexts(model=PairMessage, purposes={"text": MESSAGE}, writers=_paired, writer="writer")
)
register(
    SealedTexts(
        model=Concern,
        purposes={"text": CONCERN, "message_text": CONCERN_MESSAGE},
        writers=_paired,
        writer="reporter",
    )
)
register(
    SealedTexts(
        model=ConcernNote, purposes={"text": CONCERN_NOTE}, writers=_recipients, writer="writer"
    )
)
register(
    SealedTexts(
        model=SharedAims,
        purposes={"aims": SHARED_AIMS, "challenges": SHARED_CHALLENGES},
        writers=_paired,
        writer="mentee_member",
    )
)
