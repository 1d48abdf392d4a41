"""Who is left to be found, given the pairs that exist."""

from collections.abc import Sequence

from django.db.models import Q

from mentoring.pairings.models import Pairing, PairingQuerySet
from mentoring.pairings.queries.places import full_participants
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Side
from programs.models import Participant
from programs.models.participant import ParticipantQuerySet


def known_on(side: Side) -> Q:
    """Pairings of which the person on that side knows: asked, or said yes."""
    return Q(asked=side) | ~Q((f"{side}_agreed_at", None))


def without_pairs(found: ParticipantQuerySet, mine: Sequence[Participant]) -> ParticipantQuerySet:
    """Leave out people without a free place, and open partners as far as the reader knows.

    A proposal that only the other side has heard of must not be noticed by somebody's absence.
    """
    for participant in mine:
        side = Side(participant.side)
        other = OTHER_SIDE[side]
        found = found.exclude(pk__in=_open_with(participant).values(other))
        found = found.exclude(pk__in=full_participants([participant.cohort_id], other))
    return found


def _open_with(participant: Participant) -> PairingQuerySet:
    side = Side(participant.side)
    rows = Pairing.objects.open().filter(known_on(side), **{side: participant})
    return rows.order_by()
