"""What mails about pairings need, and whether anybody still wants them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from uuid import UUID

from accounts.models import Member, Organization
from mentoring.lib.clock import day_at, zone_named
from mentoring.pairings.models import Pairing
from programs.enums import ParticipantState
from programs.models import Participant
from programs.post import address_of
from programs.queries.programs import coordinators_of, owners


def proposals_asking(keys: Iterable[UUID], *, now: datetime) -> list[Pairing]:
    """Those of the proposals whose answer is awaited from somebody who is there to give it."""
    rows = Pairing.objects.proposed().filter(pk__in=list(keys), expires_at__gt=now)
    today = today_here(now)
    return [each for each in rows.with_people() if is_present(each.person(each.asked), today)]


def pairings_by_key(keys: Iterable[UUID]) -> dict[UUID, Pairing]:
    """Each with all that its mails say."""
    rows = Pairing.objects.with_people().select_related("organization")
    return {each.pk: each for each in rows.filter(pk__in=list(keys))}


def pairing_to_write(key: UUID) -> Pairing:
    """A pairing with all that its mails say. Raises Pairing.DoesNotExist."""
    return Pairing.objects.with_people().select_related("organization").get(pk=key)


def coordinators_for(pairings: Iterable[Pairing]) -> Iterator[tuple[Pairing, Member]]:
    """Each pairing with everybody who runs its program and is not one of the two.

    Where nobody is left, with the owners who are not. A query or two for each program.
    """
    runners_of, everywhere = cache(coordinators_of), cache(owners)
    for pairing in pairings:
        two = {pairing.mentor.member_id, pairing.mentee.member_id}
        runners = [each for each in runners_of(pairing.cohort.program) if each.pk not in two]
        for member in runners or (each for each in everywhere() if each.pk not in two):
            yield pairing, member


def coordinator_at(address: str, pairing: Pairing) -> Member | None:
    """Who reads mail there and still runs the pair's program."""
    found = (member for _, member in coordinators_for([pairing]))
    return next((each for each in found if address_of(each).lower() == address), None)


def takes_part(participant: Participant) -> bool:
    """Whether the person is with the organization and in the cohort."""
    return not (
        participant.member.deactivated_at or participant.state == ParticipantState.WITHDRAWN
    )


def reachable(participant: Participant, *, now: datetime) -> bool:
    """Whether mail may go to the person now: with us, not on leave, and without a break."""
    return is_present(participant, today_here(now))


def today_here(now: datetime) -> date:
    """The day it is for the organization; ask once for many people."""
    return day_at(now, zone_named(Organization.objects.get().time_zone))


def is_present(participant: Participant, today: date) -> bool:
    """Whether the person takes part and has no break; others are not reminded of anything."""
    member, until = participant.member, participant.paused_until
    return takes_part(participant) and not (member.on_leave or (until and until > today))
