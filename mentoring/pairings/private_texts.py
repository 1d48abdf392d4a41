"""What a new SECRET_KEY has to reach."""

from collections.abc import Iterable
from uuid import UUID

from accounts.sealed import SealedTexts, register
from mentoring.pairings.models import Agreement, AgreementText, Offer, Pairing
from mentoring.pairings.sealed import AGREED_OFFERS, AGREED_SEEKS, OFFER
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
