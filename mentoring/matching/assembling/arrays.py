"""People as the engine's arrays."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np

from mentoring.matching.assembling.hours import half_hours, parts_of
from mentoring.matching.assembling.people import Person
from mentoring.matching.assembling.texts import directions, rarities
from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.cohort import FORMS, People
from programs.enums import MeetingForm

# What the engine's forms are called here.
MEETING_FORMS = dict(
    zip(FORMS, (MeetingForm.VIDEO, MeetingForm.PHONE, MeetingForm.PERSON), strict=True)
)


class Taking(NamedTuple):
    """Somebody who takes part, and the places that are free."""

    person: Person
    free: int


@dataclass(frozen=True)
class Vocabulary:
    """The numbers that stand for departments, locations, topics, languages, members and words."""

    departments: Mapping[Any, int]
    locations: Mapping[Any, int]
    topics: Mapping[Any, int]
    languages: Mapping[Any, int]
    members: Mapping[UUID, int]
    middle_grade: int  # for people without one, where seniority is no rule
    day: date  # whose clocks count
    rarity: Mapping[str, float]  # of words that people wrote; empty where words do not count

    @classmethod
    def of(
        cls, people: Sequence[Person], members: Mapping[UUID, int], *, day: date, weighs_words: bool
    ) -> "Vocabulary":
        grades = sorted(each.grade for each in people if each.grade is not None)
        return cls(
            numbered(each.department_id for each in people),
            numbered(each.location_id for each in people),
            numbered(topic for each in people for topic in each.topics),
            numbered(language for each in people for language in each.languages),
            members,
            grades[len(grades) // 2] if grades else 0,
            day,
            rarities([each.text for each in people]) if weighs_words else {},
        )


def numbered(values: Iterable[Hashable]) -> dict[Any, int]:
    """Numbers in the order of the values, whatever order they come in; None has none."""
    known: list[Any] = [each for each in set(values) if each is not None]
    return {value: number for number, value in enumerate(sorted(known))}


def key_of(participant_id: UUID) -> int:
    """A number that is the person's alone and says nothing, of 63 bits."""
    return int.from_bytes(blake2b(participant_id.bytes, digest_size=8).digest()) >> 1


def side_of(taking: Sequence[Taking], words: Vocabulary) -> People:
    """One side of the engine's cohort, in this order."""
    people = [each.person for each in taking]

    def ints(value: Callable[[Person], int]) -> Ints:
        return np.array([value(each) for each in people], dtype=np.int64)

    return People(
        key=ints(lambda each: key_of(each.id)),
        member=ints(lambda each: words.members[each.member_id]),
        capacity=np.array([each.free for each in taking], dtype=np.int64),
        grade=ints(lambda each: words.middle_grade if each.grade is None else each.grade),
        department=ints(lambda each: words.departments.get(each.department_id, -1)),
        location=ints(lambda each: words.locations.get(each.location_id, -1)),
        topics=_topics(people, words.topics),
        languages=_flags([each.languages for each in people], words.languages),
        first_language=ints(lambda each: words.languages[each.languages[0]]),
        hours=_stacked(
            [half_hours(parts_of(each.slots), each.zone, words.day) for each in people], 48
        ),
        forms=_stacked([_forms(each.form) for each in people], len(FORMS)),
        available=np.full(len(people), True),
        text=directions([each.text for each in people], words.rarity) if words.rarity else None,
    )


def _topics(people: Sequence[Person], numbers: Mapping[Any, int]) -> Ints:
    ranks = np.zeros((len(people), len(numbers)), np.int64)
    for row, person in enumerate(people):
        for topic, rank in person.topics.items():
            ranks[row, numbers[topic]] = rank
    return ranks


def _flags(named: Sequence[Iterable[str]], numbers: Mapping[Any, int]) -> np.ndarray:
    flags = np.zeros((len(named), len(numbers)), np.bool_)
    for row, values in enumerate(named):
        flags[row, [numbers[each] for each in values]] = True
    return flags


def _stacked(rows: Sequence[Any], width: int) -> np.ndarray:
    return np.array(rows, dtype=np.bool_).reshape(len(rows), width)


def _forms(form: str) -> list[bool]:
    return [form in (MeetingForm.ANY, each) for each in MEETING_FORMS.values()]
