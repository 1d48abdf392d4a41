"""Asking somebody oneself, with a few words."""

from datetime import datetime

from django.db import transaction

from mentoring.pairings.enums import Origin, PairingState
from mentoring.pairings.models import Offer, Pairing
from mentoring.pairings.operations.asking import ask
from mentoring.pairings.operations.endings import end_proposals
from mentoring.pairings.operations.proposals import lock_people
from mentoring.pairings.queries import requests as queries
from mentoring.pairings.sealed import seal_offer
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Side
from programs.models import Participant


class NotNow(Exception):
    """The request is not possible now; ``barrier`` says why."""

    def __init__(self, barrier: queries.Barrier) -> None:
        super().__init__(barrier)
        self.barrier = barrier


@transaction.atomic
def request(
    *, participant: Participant, partner: Participant, offer: str, now: datetime
) -> Pairing:
    """Ask ``partner`` to become the other half of a pair. Raises NotNow.

    A proposal of the two of which only the partner knows becomes this request, so that
    nobody notices that there was one.
    """
    people = lock_people([participant.pk, partner.pk])
    participant, partner = people[participant.pk], people[partner.pk]
    if barrier := queries.barrier_for(participant, partner, now=now):
        raise NotNow(barrier)
    side = Side(participant.side)
    other = OTHER_SIDE[side]
    both = {side: participant, other: partner}
    known = Pairing.objects.proposed().filter(**both).with_people().locked().first()
    pairing = known or Pairing(
        organization_id=participant.organization_id,
        cohort=participant.cohort,
        origin=Origin.REQUEST,
        state=PairingState.PROPOSED,
        proposed_at=now,
        **both,
    )
    pairing.requested_by = side
    pairing.agree(side, now)
    ask([(pairing, other)], now=now)
    pairing.save()
    Offer.objects.create(
        organization_id=pairing.organization_id,
        pairing=pairing,
        writer_id=participant.member_id,
        reader_id=partner.member_id,
        text=seal_offer(offer),
        written_at=now,
    )
    return pairing


@transaction.atomic
def take_back(*, pairing: Pairing, side: Side, now: datetime) -> bool:
    """Withdraw the own request or yes while the other has not answered with yes.

    Returns whether it was still open. The other person gets no mail about it.
    """
    rows = Pairing.objects.proposed().filter(pk=pairing.pk).exclude(asked=side)
    found = [each for each in rows.with_people().locked() if each.agreed_at(side)]
    because_of = [each.person(side).pk for each in found]
    end_proposals(found, PairingState.WITHDRAWN, now=now, because_of=because_of)
    return bool(found)
