"""Putting people together: proposals of the matching and of admins."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Conflict
from accounts.models import Member, Organization
from accounts.operations.audit import record
from accounts.queries.chart import chain_conflicts
from mentoring.lib.clock import day_at, zone_named
from mentoring.pairings.enums import Action, Origin, PairingState
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.asking import ask
from mentoring.pairings.queries.places import free_place, taken_places
from mentoring.profiles.queries.discover import SENIOR
from programs.enums import Kind, ParticipantState, Side
from programs.models import Cohort, Participant

BATCH = 1000

type Pair = tuple[Participant, Participant]
type Key = tuple[UUID, UUID]


class TooClose(Exception):
    """Some of the pairs are too close in the hierarchy.

    ``conflicts`` says which, by keys of mentor and mentee, and where the mentor stands.
    """

    def __init__(self, conflicts: Mapping[Key, Conflict]) -> None:
        super().__init__(conflicts)
        self.conflicts = conflicts


@transaction.atomic
def propose_all(
    *,
    cohort: Cohort,
    pairs: Sequence[Pair],
    origin: Origin,
    actor: Member | None,
    now: datetime,
    overridden: Collection[Key] = (),
) -> list[Pairing]:
    """Propose mentors and mentees of a cohort to each other, and ask the senior of each first.

    Passed over are pairs that are open already, and people who are not there, have no place
    left or take part no more. Only pairs hold places here, so that one may be asked by many; who
    wants no more proposals than places counts the open ones first. Raises TooClose for pairs
    against the hierarchy, unless they are ``overridden``: keys of mentor and mentee; nothing is
    proposed then. Raises ValueError for people of another cohort or on the wrong side.
    """
    people = lock_people(each.pk for pair in pairs for each in pair)
    wanted = dict.fromkeys((mentor.pk, mentee.pk) for mentor, mentee in pairs)
    found = [(people[mentor], people[mentee]) for mentor, mentee in wanted]
    if any(not _belongs(cohort, *pair) for pair in found):
        raise ValueError("A mentor and a mentee of the cohort make a pair.")
    able = _able(people.values(), now=now)
    rows = Pairing.objects.open().filter(cohort=cohort).values_list("mentor", "mentee")
    is_open = set(rows)
    fresh = [
        (mentor, mentee)
        for mentor, mentee in found
        if (mentor.pk, mentee.pk) not in is_open and {mentor.pk, mentee.pk} <= able
    ]
    conflicts = too_close(fresh)
    if refused := {key: why for key, why in conflicts.items() if key not in overridden}:
        raise TooClose(refused)
    pairings = [_proposal(cohort, pair, origin, conflicts, now=now) for pair in fresh]
    first = SENIOR.get(Kind(cohort.program.kind), Side.MENTEE)
    ask([(each, first) for each in pairings], now=now)
    Pairing.objects.bulk_create(pairings, batch_size=BATCH)
    if actor and pairings:
        _record(cohort, actor, len(pairings))
    return pairings


def lock_people(keys: Iterable[UUID]) -> dict[UUID, Participant]:
    """Participants, locked in one order: whoever gives or takes their places waits."""
    rows = Participant.objects.select_for_update(of=("self",)).filter(pk__in=set(keys))
    joined = rows.select_related("member__user", "member__location")
    return {each.pk: each for each in joined.order_by("pk")}


def is_there(participant: Participant, *, now: datetime, organization: Organization) -> bool:
    """Whether the person takes part, is with the organization and has no break."""
    member, until = participant.member, participant.paused_until
    today = day_at(now, zone_named(organization.time_zone))
    return (
        participant.state == ParticipantState.APPROVED
        and not member.deactivated_at
        and not member.on_leave
        and not (until and until > today)
    )


def too_close(pairs: Iterable[Pair]) -> dict[Key, Conflict]:
    """The pairs against the hierarchy, by keys of mentor and mentee. One query."""
    found = list(pairs)
    close = chain_conflicts((mentor.member_id, mentee.member_id) for mentor, mentee in found)
    return {
        (mentor.pk, mentee.pk): close[mentor.member_id, mentee.member_id]
        for mentor, mentee in found
        if (mentor.member_id, mentee.member_id) in close
    }


def _belongs(cohort: Cohort, mentor: Participant, mentee: Participant) -> bool:
    sides = (mentor.side, mentee.side) == (Side.MENTOR, Side.MENTEE)
    return sides and mentor.cohort_id == mentee.cohort_id == cohort.pk


def _able(people: Iterable[Participant], *, now: datetime) -> set[UUID]:
    """Who is there and has a place left."""
    found = list(people)
    taken = taken_places(each.pk for each in found)
    organization = Organization.objects.get()
    return {
        each.pk
        for each in found
        if is_there(each, now=now, organization=organization) and free_place(each, taken[each.pk])
    }


def _proposal(
    cohort: Cohort, pair: Pair, origin: Origin, conflicts: Mapping[Key, Conflict], *, now: datetime
) -> Pairing:
    mentor, mentee = pair
    return Pairing(
        organization_id=cohort.organization_id,
        cohort=cohort,
        mentor=mentor,
        mentee=mentee,
        state=PairingState.PROPOSED,
        origin=origin,
        proposed_at=now,
        allowed_conflict=conflicts.get((mentor.pk, mentee.pk), ""),
    )


def _record(cohort: Cohort, actor: Member, count: int) -> None:
    record(
        actor=actor,
        action=Action.PROPOSALS_SENT,
        subject_id=cohort.pk,
        subject_name=f"{cohort.program} · {cohort}",
        details={"proposals": count},
    )
