"""What mails about agreements need, and whether anybody still wants them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mentoring.pairings.enums import LIVE, PairingState
from mentoring.pairings.models import Agreement, Pairing
from mentoring.pairings.queries.mails import pairings_by_key, reachable, takes_part
from programs.enums import Side

# The key of a pairing and the number of a version.
type Named = tuple[UUID, str]


def open_proposals(keys: Iterable[UUID]) -> dict[Named, Agreement]:
    """Proposals of live pairs that wait for somebody who takes part."""
    return {
        name: each
        for name, each in _versions(keys).items()
        if each.is_open and takes_part(each.pairing.person(each.awaited))
    }


def proposals_to_remind_of(keys: Iterable[UUID], *, now: datetime) -> dict[Named, Agreement]:
    """Those of which people who are there have to be reminded; a pause is a pause."""
    return {
        name: each
        for name, each in open_proposals(keys).items()
        if each.pairing.state != PairingState.PAUSED
        and reachable(each.pairing, each.awaited, now=now)
    }


def versions_in_force(keys: Iterable[UUID]) -> dict[Named, Agreement]:
    """Versions that are in force in live pairs whose proposer takes part."""
    return {
        name: each
        for name, each in _versions(keys).items()
        if each.in_force_at
        and not each.replaced_at
        and takes_part(each.pairing.person(each.proposed_by))
    }


def overdue_introductions(keys: Iterable[UUID], *, now: datetime) -> dict[UUID, Pairing]:
    """Pairs that have neither noted a meeting nor proposed an agreement, both being there."""
    return _without_agreement(keys, PairingState.INTRODUCTORY, now=now)


def unwritten_agreements(keys: Iterable[UUID], *, now: datetime) -> dict[UUID, Pairing]:
    """Pairs that have met and never proposed an agreement, both being there."""
    return _without_agreement(keys, PairingState.ACTIVE, now=now)


def agreement_to_write(key: UUID, version: str) -> Agreement:
    """The version that a mail is about. Raises Agreement.DoesNotExist."""
    return Agreement.objects.get(pairing=key, version=int(version))


def _without_agreement(
    keys: Iterable[UUID], state: PairingState, *, now: datetime
) -> dict[UUID, Pairing]:
    wanted = list(keys)
    begun = set(Agreement.objects.filter(pairing__in=wanted).values_list("pairing", flat=True))
    return {
        key: each
        for key, each in pairings_by_key(wanted).items()
        if each.state == state
        and key not in begun
        and all(reachable(each, side, now=now) for side in Side)
    }


def _versions(keys: Iterable[UUID]) -> dict[Named, Agreement]:
    pairings = {key: each for key, each in pairings_by_key(keys).items() if each.state in LIVE}
    found = {}
    for each in Agreement.objects.filter(pairing__in=list(pairings)):
        each.pairing = pairings[each.pairing_id]
        found[each.pairing_id, str(each.version)] = each
    return found
