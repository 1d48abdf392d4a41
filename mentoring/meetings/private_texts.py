"""What a new SECRET_KEY has to reach."""

from collections.abc import Iterable
from uuid import UUID

from accounts.sealed import SealedTexts, register
from mentoring.meetings.models import Place
from mentoring.meetings.sealed import PLACE
from mentoring.pairings.models import Pairing


def _mentors() -> Iterable[UUID]:
    """Everybody who has been the mentor of a pair; each place is one's."""
    began = Pairing.objects.filter(began_at__isnull=False).order_by()
    yield from began.values_list("mentor__member_id", flat=True).distinct()


register(
    SealedTexts(model=Place, purposes={"text": PLACE}, writers=_mentors, writer="mentor_member")
)
