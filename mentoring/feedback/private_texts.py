"""What a new SECRET_KEY has to reach."""

from collections.abc import Iterable
from uuid import UUID

from accounts.sealed import SealedTexts, register
from mentoring.feedback.models import Answers, Reflection, ReleasedAnswer, Response
from mentoring.feedback.sealed import ANSWERS, COMMENT, REFLECTION
from mentoring.pairings.models import Pairing
from programs.enums import Side


def _writers() -> Iterable[UUID]:
    """Everybody who has begun to answer something."""
    begun = Response.objects.filter(begun_at__isnull=False).order_by()
    return begun.values_list("member_id", flat=True).distinct()


register(SealedTexts(model=Answers, purposes={"text": ANSWERS}, writers=_writers, writer="writer"))
register(SealedTexts(model=ReleasedAnswer, purposes={"text": COMMENT}, writer=""))


def _met() -> Iterable[UUID]:
    """Everybody who has ever met as one of a pair: the database does not tell who has written."""
    for side in Side:
        pairs = Pairing.objects.exclude(introduced_at=None).order_by()
        yield from pairs.values_list(f"{side}__member_id", flat=True).distinct()


register(
    SealedTexts(model=Reflection, purposes={"text": REFLECTION}, writers=_met, writer="writer")
)
