"""Saying yes or “not now”. Places are given under a lock, so nobody gets one twice."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Organization
from mentoring.lib.clock import day_at, zone_named
from mentoring.outbox.operations import enqueue_all
from mentoring.pairings.enums import LIVE, PairingState
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations.aims import plan_sharing
from mentoring.pairings.operations.asking import ask
from mentoring.pairings.operations.countdown import count_down
from mentoring.pairings.operations.drift import watch
from mentoring.pairings.operations.endings import end_proposals
from mentoring.pairings.operations.introductions import chase_introductions
from mentoring.pairings.operations.proposals import is_there, lock_people, too_close
from mentoring.pairings.queries.pairs import has_run_out
from mentoring.pairings.queries.places import free_place, taken_places
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Side
from programs.models import Participant
from programs.post import address_of
from programs.queries.enrollment import OVER

BEGAN = "pairings.began"


class NotOpen(Exception):
    """There is nothing to answer any more: too late, or somebody stepped out."""


class PlaceTaken(Exception):
    """The last place of one of the two has gone to somebody else."""


class _Outcome(Enum):
    YES = auto()
    TAKEN = auto()
    CLOSED = auto()


def accept(*, pairing: Pairing, side: Side, now: datetime) -> Pairing:
    """Say yes as the one who is asked. Twice is once.

    When both have said yes the pair begins; else the other is asked now. Raises PlaceTaken or
    NotOpen; what cannot become a pair any more has ended then, kindly for both.
    """
    outcome, pairing = _accept(pairing, side, now=now)
    if outcome == _Outcome.TAKEN:
        raise PlaceTaken
    if outcome == _Outcome.CLOSED:
        raise NotOpen
    return pairing


@transaction.atomic
def decline(*, pairing: Pairing, side: Side, now: datetime) -> None:
    """Say “not now” as the one who is asked. Nobody is told.

    If the other side knows, everything stays for them as if there were no answer yet, until
    the deadline; before it the person may still say yes.
    """
    rows = Pairing.objects.proposed().filter(pk=pairing.pk, asked=side, set_aside_at=None)
    for each in rows.with_people().locked():
        if each.agreed_at(OTHER_SIDE[side]):
            each.set_aside_at = now
            each.save(update_fields=["set_aside_at"])
        else:
            end_proposals([each], PairingState.DECLINED, now=now)


@transaction.atomic
def _accept(pairing: Pairing, side: Side, *, now: datetime) -> tuple[_Outcome, Pairing]:
    people = lock_people([pairing.mentor_id, pairing.mentee_id])
    open_now = Pairing.objects.of(people).open().with_people().locked()
    nearby = {each.pk: each for each in open_now}
    found = nearby.pop(pairing.pk, None)
    if found is None:
        return _ended_early(pairing.pk), pairing
    if found.state in LIVE or found.agreed_at(side):
        return _Outcome.YES, found
    return _say_yes(found, side, people, nearby, now=now), found


def _say_yes(
    pairing: Pairing,
    side: Side,
    people: Mapping[UUID, Participant],
    nearby: Mapping[UUID, Pairing],
    *,
    now: datetime,
) -> _Outcome:
    if pairing.asked != side:
        return _Outcome.CLOSED
    if has_run_out(pairing, now=now) or not _is_possible(pairing, people, now=now):
        end_proposals([pairing], PairingState.EXPIRED, now=now)
        return _Outcome.CLOSED
    taken = taken_places(people)
    places = {each: free_place(people[key], taken[key]) for each, key in _keys(pairing).items()}
    if None in places.values():
        end_proposals([pairing], PairingState.EXPIRED, now=now)
        return _Outcome.TAKEN
    pairing.agree(side, now)
    if not pairing.agreed_at(OTHER_SIDE[side]):
        ask([(pairing, OTHER_SIDE[side])], now=now)
        pairing.save()
        return _Outcome.YES
    return _begin(pairing, places, people, nearby, now=now)


def _keys(pairing: Pairing) -> dict[Side, UUID]:
    return {Side.MENTOR: pairing.mentor_id, Side.MENTEE: pairing.mentee_id}


def _ended_early(key: UUID) -> _Outcome:
    """Why there is nothing to accept: what expired before its time lost its place."""
    row = Pairing.objects.get(pk=key)
    early = row.ended_at and row.expires_at and row.ended_at < row.expires_at
    return _Outcome.TAKEN if early and row.state == PairingState.EXPIRED else _Outcome.CLOSED


def _is_possible(pairing: Pairing, people: Mapping[UUID, Participant], *, now: datetime) -> bool:
    if pairing.cohort.state in OVER:
        return False
    organization = Organization.objects.get()
    if not all(is_there(each, now=now, organization=organization) for each in people.values()):
        return False
    conflicts = too_close([(people[pairing.mentor_id], people[pairing.mentee_id])])
    return all(why == pairing.allowed_conflict for why in conflicts.values())


def _begin(
    pairing: Pairing,
    places: Mapping[Side, int | None],
    people: Mapping[UUID, Participant],
    nearby: Mapping[UUID, Pairing],
    *,
    now: datetime,
) -> _Outcome:
    """Both have said yes. The unique places decide, should two ever get this far at once."""
    organization = Organization.objects.get()
    today = day_at(now, zone_named(organization.time_zone))
    pairing.state = PairingState.INTRODUCTORY
    pairing.mentor_place, pairing.mentee_place = places[Side.MENTOR], places[Side.MENTEE]
    pairing.began_at = now
    pairing.introduction_due_on = today + timedelta(days=pairing.cohort.program.introduction_days)
    pairing.set_aside_at = None
    try:
        with transaction.atomic():
            pairing.save()
    except IntegrityError:
        end_proposals([pairing], PairingState.EXPIRED, now=now)
        return _Outcome.TAKEN
    _make_room(pairing, people, nearby, now=now)
    told = [(address_of(pairing.person(side).member), pairing.pk, side.value) for side in Side]
    enqueue_all(kind=BEGAN, wanted=told, due_at=now)
    watch([pairing], now=now)
    count_down([pairing], now=now)
    plan_sharing([pairing], now=now)
    chase_introductions([pairing], now=now)
    return _Outcome.YES


def _make_room(
    pairing: Pairing,
    people: Mapping[UUID, Participant],
    nearby: Mapping[UUID, Pairing],
    *,
    now: datetime,
) -> None:
    """End what else was proposed to whoever has no place left."""
    taken = taken_places(people)
    full = {key for key, each in people.items() if free_place(each, taken[key]) is None}
    moot = [
        each
        for each in nearby.values()
        if each.state == PairingState.PROPOSED and {each.mentor_id, each.mentee_id} & full
    ]
    end_proposals(moot, PairingState.EXPIRED, now=now, because_of=full)
