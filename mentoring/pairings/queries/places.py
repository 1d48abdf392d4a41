"""How many partners people have, and how many more they can take."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet

from mentoring.pairings.models import Pairing
from programs.enums import Side
from programs.models import Participant


def taken_places(participants: Iterable[UUID]) -> dict[UUID, set[int]]:
    """The numbers of the places that are taken, for participants of either side."""
    keys = list(participants)
    taken: dict[UUID, set[int]] = {key: set() for key in keys}
    rows = Pairing.objects.of(keys).live()
    for mentor, mentee, *places in rows.values_list(
        "mentor", "mentee", "mentor_place", "mentee_place"
    ):
        for key, place in zip((mentor, mentee), places, strict=True):
            if key in taken and place:
                taken[key].add(place)
    return taken


def live_pairs_of(participant: Participant) -> list[Pairing]:
    """The live pairs of somebody, on either side."""
    return list(Pairing.objects.of([participant.pk]).live().order_by("pk"))


def live_pairs_with(participants: Collection[UUID]) -> list[Pairing]:
    """The live pairs in which some of these are on either side, with people."""
    return list(Pairing.objects.of(participants).live().with_people().order_by("pk"))


def participations_of(members: Collection[UUID]) -> set[UUID]:
    """All participants that these members are."""
    return set(Participant.objects.filter(member__in=members).values_list("pk", flat=True))


def paired_of(participants: Collection[UUID]) -> set[UUID]:
    """Those of the participants who are in a live pairing."""
    return {key for key, taken in taken_places(participants).items() if taken}


def free_place(participant: Participant, taken: Collection[int]) -> int | None:
    """The lowest place number that is free; None when all are taken."""
    free = (number for number in range(1, participant.capacity + 1) if number not in taken)
    return next(free, None)


def has_free_place(participant: Participant) -> bool:
    """Whether the person can take one more partner now."""
    taken = taken_places([participant.pk])[participant.pk]
    return free_place(participant, taken) is not None


def full_participants(cohorts: Collection[UUID], side: Side) -> QuerySet[Any]:
    """Keys of the participants of these cohorts whose places on that side are all taken."""
    live = Pairing.objects.live().filter(cohort__in=cohorts).order_by()
    counted: QuerySet[Any] = live.values(side).annotate(number=Count("pk"))
    full = counted.filter(number__gte=F(f"{side}__capacity"))
    return full.values(side)
