"""People of a cohort with all that a run asks of them, in three queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from accounts.models import Organization
from mentoring.profiles.enums import DIRECTION_OF
from mentoring.profiles.models import Profile, TopicChoice
from programs.enums import Side
from programs.models.participant import ParticipantQuerySet

COLUMNS = (
    *("pk", "member_id", "side", "capacity", "meeting_form", "member__grade__rank"),
    *("member__department_id", "member__location_id", "member__languages"),
    *("member__time_zone", "member__location__time_zone"),
)

type Chosen = tuple[dict[UUID, int], list[str]]


@dataclass(slots=True)
class Person:
    """One participant as the database knows them; ``capacity`` is what is promised in all."""

    id: UUID
    member_id: UUID
    side: Side
    capacity: int
    form: str
    grade: int | None
    department_id: UUID | None
    location_id: UUID | None
    languages: list[str]
    zone: str
    slots: list[str] = field(default_factory=list)
    topics: dict[UUID, int] = field(default_factory=dict)  # by rank, on the own side
    text: str = ""  # about themselves, and about these topics


def load(participants: ParticipantQuerySet, organization: Organization) -> list[Person]:
    """In the order of their keys. Who names no language speaks the organization's."""
    plain = participants.order_by()
    people = [_person(row, organization) for row in plain.order_by("pk").values_list(*COLUMNS)]
    members = plain.values("member")
    profiles = {
        member: rest
        for member, *rest in Profile.objects.filter(member__in=members).values_list(
            "member", "availability", "about"
        )
    }
    chosen = TopicChoice.objects.filter(member__in=members).order_by("rank", "pk")
    topics = _topics(chosen.values_list("member", "direction", "topic", "rank", "note"))
    for each in people:
        each.slots, about = profiles.get(each.member_id, ([], ""))
        each.topics, notes = topics.get((each.member_id, DIRECTION_OF[each.side]), ({}, []))
        each.text = " ".join([about, *notes])
    return people


def _person(row: tuple[Any, ...], organization: Organization) -> Person:
    pk, member, side, capacity, form, grade, *rest = row
    department, location, languages, zone, zone_of_location = rest
    return Person(
        id=pk,
        member_id=member,
        side=Side(side),
        capacity=capacity,
        form=form,
        grade=grade,
        department_id=department,
        location_id=location,
        languages=languages or [organization.language],
        zone=zone or zone_of_location or organization.time_zone,
    )


def _topics(rows: Iterable[tuple[UUID, str, UUID, int, str]]) -> dict[tuple[UUID, str], Chosen]:
    """Ranks of the topics and what was noted about them, by member and direction."""
    found: dict[tuple[UUID, str], Chosen] = {}
    for member, direction, topic, rank, note in rows:
        ranks, notes = found.setdefault((member, direction), ({}, []))
        ranks[topic] = max(rank, 1)
        notes.append(note)
    return found
