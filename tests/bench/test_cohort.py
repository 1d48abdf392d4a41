"""A cohort of ten thousand people a side, from the database to the kept plan."""

import random
import resource
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Department, Grade, Member
from mentoring.matching import jobs
from mentoring.matching.assembling.cohorts import assemble
from mentoring.matching.engine.warm import warm
from mentoring.matching.enums import RunState
from mentoring.matching.models import Run, RunPair
from mentoring.matching.operations import publishing
from mentoring.matching.running import publishing as job
from mentoring.matching.running.packing import Question, packed
from mentoring.profiles.enums import DIRECTION_OF, Slot
from mentoring.profiles.models import Profile, TopicChoice
from programs.enums import ParticipantState, Side
from programs.models import Participant
from tests.factories import create_owner, inside, login, reload, url
from tests.matching.people import Place, settings_in, start
from tests.profiles.people import create_topics

pytestmark = [
    pytest.mark.bench,
    pytest.mark.django_db(databases=["default", "cache", "system"]),
]
SIZE = 10_000
BATCH = 2000
PAGES = (
    ("cohort_matching", False, ""),
    ("cohort_matching_left_out", False, ""),
    ("cohort_matching_weights", False, ""),
    ("cohort_matching_summary", False, ""),
    ("cohort_matching_run", True, ""),
    ("cohort_matching_pairs", True, ""),
    ("cohort_matching_pairs", True, "?page=200"),
    ("cohort_matching_pairs", True, "?q=mentor+77"),
    ("cohort_matching_rest", True, ""),
    ("cohort_matching_choose", True, ""),
)


@contextmanager
def measured(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what}: {took:.1f} s, at most {peak} MB in use so far")


def test_ten_thousand_mentors_and_mentees(client):
    place = Place()
    fill(place, random.Random(1))
    run = start(place.cohort)
    warm()
    with inside(place.organization):
        with measured(f"Gathering {SIZE:,} + {SIZE:,} people"):
            found = assemble(place.cohort, settings_in(place.cohort), now=timezone.now())
        with measured("Packing what went in"):
            print(f"{len(packed(Question.of(found))) // 1024} KB")
        with measured("The whole run, with proof, reasons and storing"):
            jobs.look(run_id=run.pk, clock=timezone.now)
    run = reload(run)
    assert (run.state, run.mentors, run.mentees) == (RunState.DONE, SIZE, SIZE)
    look_around(client, place, run)
    with inside(place.organization):
        assert RunPair.objects.count() == run.matched
        admin = create_owner(place.organization)
        with measured("Asking to publish every pair"):
            asked = publishing.publish(run=run, pairs=None, actor=admin, now=timezone.now())
        with measured("Publishing them"):
            job.look(publication_id=asked.pk, clock=timezone.now)
    sent = reload(asked)
    assert (sent.proposed, sent.passed_over) == (run.matched, 0)
    print(f"{run.matched:,} pairs, {run.facts['reasons']}")


def look_around(client: Client, place: Place, run: Run) -> None:
    """The pages of the studio, the median of five."""
    login(client, create_owner(place.organization))
    for view, keys, query in PAGES:
        address = url(place.organization, view, place.cohort.pk, *([run.pk] if keys else []))
        taken = []
        for _ in range(6):
            began = time.perf_counter()
            assert client.get(f"{address}{query}").status_code == 200
            taken.append(time.perf_counter() - began)
        print(f"{view} {query}: {statistics.median(taken[1:]) * 1000:.0f} ms")


def fill(place: Place, dice: random.Random) -> None:
    """People with three to five of forty topics, in twenty departments."""
    grades = [place.grade(rank) for rank in range(1, 10)]
    departments = [place.department(f"Department {number}") for number in range(20)]
    topics = create_topics(place.organization, *(f"Topic {number}" for number in range(40)))
    with inside(place.organization):
        for side, ranks in ((Side.MENTOR, grades[:4]), (Side.MENTEE, grades[4:])):
            members = Member.objects.bulk_create(
                [_member(side, number, ranks, departments, dice) for number in range(SIZE)],
                batch_size=BATCH,
            )
            Participant.objects.bulk_create(
                [_participant(place, side, each, dice) for each in members], batch_size=BATCH
            )
            Profile.objects.bulk_create(
                [
                    Profile(member=each, availability=dice.sample(Slot.values, 4))
                    for each in members
                ],
                batch_size=BATCH,
            )
            TopicChoice.objects.bulk_create(
                [
                    TopicChoice(member=each, topic=topic, direction=DIRECTION_OF[side], rank=rank)
                    for each in members
                    for rank, topic in enumerate(dice.sample(topics, dice.randint(3, 5)), start=1)
                ],
                batch_size=BATCH,
            )


def _member(
    side: Side,
    number: int,
    grades: list[Grade],
    departments: list[Department],
    dice: random.Random,
) -> Member:
    return Member(
        name=f"{side} {number}",
        email=f"{side}{number}@example.org",
        grade=dice.choice(grades),
        department=dice.choice(departments),
        languages=dice.sample(["de", "en", "fr", "es"], 2),
    )


def _participant(place: Place, side: Side, member: Member, dice: random.Random) -> Participant:
    return Participant(
        cohort=place.cohort,
        member=member,
        side=side,
        state=ParticipantState.APPROVED,
        capacity=dice.choice([1, 2, 3]) if side == Side.MENTOR else 1,
    )
