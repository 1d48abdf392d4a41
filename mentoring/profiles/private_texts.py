"""What a new SECRET_KEY has to reach."""

from collections.abc import Iterable
from uuid import UUID

from accounts.sealed import SealedTexts, register
from mentoring.profiles import sealed
from mentoring.profiles.models import Aims, CriteriaStatement
from programs.models import Participant


def _writers() -> Iterable[UUID]:
    """Everybody who has begun to enroll: these rows belong to enrollments."""
    return Participant.objects.order_by().values_list("member_id", flat=True).distinct()


register(
    SealedTexts(
        model=Aims,
        purposes={"aims": sealed.AIMS, "challenges": sealed.CHALLENGES},
        writers=_writers,
    )
)
register(
    SealedTexts(
        model=CriteriaStatement,
        purposes={"characteristic": sealed.CHARACTERISTIC},
        writers=_writers,
    )
)
