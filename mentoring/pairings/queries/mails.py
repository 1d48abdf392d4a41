"""What mails about pairings need, and whether anybody still wants them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from uuid import UUID

from accounts.models import Member, Organization
from mentoring.lib.clock import day_at, zone_named
from mentoring.pairings.models import Pairing
from programs.enums import ParticipantState
from programs.models import Participant
from programs.post import address_of
from programs.queries.coordinators import rungs_of, to_ask


def proposals_asking(keys: Iterable[UUID], *, now: datetime) -> list[Pairing]:
    """Those of the proposals whose answer is awaited from somebody who is there to give it."""
    rows = Pairing.objects.proposed().filter(pk__in=list(keys), expires_at__gt=now)
    today = today_here(now)
    return [each for each in rows.with_people() if is_present(each.person(each.asked), today)]


def pairings_by_key(keys: Iterable[UUID]) -> dict[UUID, Pairing]:
    """Each with all that its mails say."""
    rows = Pairing.objects.with_names().select_related("organization")
    return {each.pk: each for each in rows.filter(pk__in=list(keys))}


def pairing_to_write(key: UUID) -> Pairing:
    """A pairing with all that its mails say. Raises Pairing.DoesNotExist."""
    return Pairing.objects.with_names().select_related("organization").get(pk=key)


def coordinators_for(pairings: Iterable[Pairing]) -> Iterator[tuple[Pairing, Member]]:
    """Each pairing with everybody who is to be asked about it and is not one of the two.

    Two queries, however many pairings, and none for no pairing.
    """
    found = list(pairings)
    rungs = rungs_of({each.cohort.program_id for each in found}) if found else {}
    for pairing in found:
        for member in to_ask(rungs[pairing.cohort.program_id], without=_two_of(pairing)):
            yield pairing, member


def coordinator_at(address: str, pairing: Pairing) -> Member | None:
    """Who reads mail there and may be asked about the pair.

    Somebody who went on leave since being asked is, or who stood in for somebody who is back.
    """
    program, two = pairing.cohort.program_id, _two_of(pairing)
    people = chain.from_iterable(rungs_of([program])[program])
    asked = (each for each in people if each.pk not in two)
    return next((each for each in asked if address_of(each).lower() == address), None)


def _two_of(pairing: Pairing) -> set[UUID]:
    return {pairing.mentor.member_id, pairing.mentee.member_id}


def takes_part(participant: Participant) -> bool:
    """Whether the person is with the organization and in the cohort."""
    return not (
        participant.member.deactivated_at or participant.state == ParticipantState.WITHDRAWN
    )


def reachable(pairing: Pairing, side: str, *, now: datetime) -> bool:
    """Whether mail may go to that one now: with us, not on leave, and without a break.

    The pairing comes with its organization.
    """
    return is_present(pairing.person(side), today_of(pairing, now))


def today_of(pairing: Pairing, now: datetime) -> date:
    """The day it is for the organization of a pairing that comes with it."""
    return day_at(now, zone_named(pairing.organization.time_zone))


def today_here(now: datetime) -> date:
    """The day it is for the organization; ask once for many people."""
    return day_at(now, zone_named(Organization.objects.get().time_zone))


def is_present(participant: Participant, today: date) -> bool:
    """Whether the person takes part and has no break; others are not reminded of anything."""
    member, until = participant.member, participant.paused_until
    return takes_part(participant) and not (member.on_leave or (until and until > today))
