"""What a new SECRET_KEY has to reach."""

from collections.abc import Iterable
from uuid import UUID

from accounts.sealed import SealedTexts, register
from mentoring.meetings.models import (
    AgendaItem,
    Commitment,
    Goal,
    Place,
    PrivateNote,
    SharedNote,
)
from mentoring.meetings.sealed import (
    AGENDA_ITEM,
    COMMITMENT,
    GOAL,
    PLACE,
    PRIVATE_NOTE,
    SHARED_NOTE,
)
from mentoring.pairings.models import Pairing
from programs.enums import Side


def _mentors() -> Iterable[UUID]:
    """Everybody who has been the mentor of a pair; each text is one's."""
    began = Pairing.objects.filter(began_at__isnull=False).order_by()
    yield from began.values_list("mentor__member_id", flat=True).distinct()


register(
    SealedTexts(model=Place, purposes={"text": PLACE}, writers=_mentors, writer="mentor_member")
)


def _people() -> Iterable[UUID]:
    """Everybody who has been one of a pair."""
    for side in Side:
        began = Pairing.objects.filter(began_at__isnull=False).order_by()
        yield from began.values_list(f"{side}__member_id", flat=True).distinct()


register(
    SealedTexts(
        model=AgendaItem,
        purposes={"text": AGENDA_ITEM},
        writers=_mentors,
        writer="mentor_member",
    )
)
register(
    SealedTexts(
        model=SharedNote,
        purposes={"text": SHARED_NOTE},
        writers=_mentors,
        writer="mentor_member",
    )
)
register(
    SealedTexts(
        model=PrivateNote, purposes={"text": PRIVATE_NOTE}, writers=_people, writer="writer"
    )
)
register(SealedTexts(model=Goal, purposes={"text": GOAL}, writers=_mentors, writer="mentor_member"))
register(
    SealedTexts(
        model=Commitment, purposes={"text": COMMITMENT}, writers=_mentors, writer="mentor_member"
    )
)
