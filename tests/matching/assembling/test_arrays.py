"""A cohort in the database and the arrays that a person would write down for it."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.utils import timezone

from mentoring.matching.assembling.cohorts import Assembled, assemble
from mentoring.matching.assembling.hours import half_hours, parts_of
from mentoring.matching.engine.settings import Rules, Weights
from mentoring.matching.enums import LeftOut, RunState, Wanted
from mentoring.matching.models import Preference, Run, RunPair
from mentoring.matching.recipes import Settings
from mentoring.pairings.enums import PairingState
from mentoring.profiles.models import Profile
from programs.enums import Kind, MeetingForm, ParticipantState
from programs.models import Cohort, Participant, PreparationDone, PreparationItem
from tests.factories import create_organization, inside
from tests.matching.people import MENTEE, MENTOR, Place, settings_in
from tests.profiles.people import take_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return Place(create_organization(language="de", time_zone="Europe/Berlin"))


def gathered(cohort: Cohort) -> Assembled:
    with inside(cohort.organization_id):
        return assemble(cohort, settings_in(cohort), now=timezone.now())


def left_out(cohort: Cohort) -> dict[Participant, LeftOut]:
    return {key: why for key, (_, why) in gathered(cohort).left_out.items()}


def pairs(rows: np.ndarray) -> list[tuple[int, int]]:
    return [tuple(row) for row in rows.tolist()]


def test_people_become_the_arrays_that_one_would_write_by_hand(place):
    boss = place.person(MENTEE, "AI", "Law", name="Bea", rank=7, department="Board")
    mentor = place.person(
        MENTOR,
        "Law",
        "AI",
        "Chat",
        name="Max",
        rank=2,
        department="Sales",
        languages=["fr", "de"],
        capacity=2,
        manager=boss.member,
        meeting_form=MeetingForm.PHONE,
    )
    silent = place.person(MENTOR, name="Sid", rank=3, languages=[])

    found = gathered(place.cohort)

    arrays = found.arrays
    assert (found.mentees, found.mentors) == ([boss.pk], [mentor.pk, silent.pk])
    assert found.topics == [place.topics[name].pk for name in ("AI", "Law", "Chat")]
    assert arrays.mentees.topics.tolist() == [[1, 2, 0]]
    assert arrays.mentors.topics.tolist() == [[2, 1, 3], [0, 0, 0]]
    assert arrays.mentors.capacity.tolist() == [2, 1]
    assert (arrays.mentees.grade.tolist(), arrays.mentors.grade.tolist()) == ([7], [2, 3])
    assert (arrays.mentees.department.tolist(), arrays.mentors.department.tolist()) == (
        [0],
        [1, -1],
    )
    assert arrays.mentors.location.tolist() == [-1, -1]
    # de, en, fr; who names none speaks the organization's.
    assert arrays.mentees.languages.tolist() == [[False, True, False]]
    assert arrays.mentors.languages.tolist() == [[True, False, True], [True, False, False]]
    assert arrays.mentors.first_language.tolist() == [2, 0]
    assert arrays.mentors.forms.tolist() == [[False, True, False], [True, True, True]]
    above = arrays.managers[arrays.mentors.member]
    assert above.tolist() == [arrays.mentees.member[0], -1]
    assert arrays.mentees.available.tolist() == [True]


@pytest.mark.parametrize(
    ("slots", "zone", "free"),
    [
        (["mon_am"], "UTC", range(16, 24)),
        (["fri_pm", "tue_pm"], "UTC", range(26, 34)),
        ([], "UTC", [*range(16, 24), *range(26, 34)]),
        (["mon_am"], "Europe/Berlin", range(14, 22)),
        (["mon_am"], "Asia/Kolkata", range(5, 13)),
        (["mon_pm"], "America/Los_Angeles", [*range(42, 48), 0, 1]),
        (["mon_am"], "Nowhere/Land", range(16, 24)),
    ],
)
def test_half_days_at_a_place_are_half_hours_in_utc(slots, zone, free):
    found = half_hours(parts_of(slots), zone, date(2026, 1, 15))

    assert sorted(np.flatnonzero(found).tolist()) == sorted(free)


def test_summer_counts_as_summer():
    found = half_hours(parts_of(["mon_am"]), "Europe/Berlin", date(2026, 7, 15))

    assert np.flatnonzero(found).tolist() == list(range(12, 20))


def test_a_person_at_another_place_has_the_clock_of_that_place(place):
    person = place.person(MENTOR, person={"time_zone": "UTC"})
    with inside(place.organization):
        Profile.objects.create(member=person.member, availability=["wed_am"])

    hours = gathered(place.cohort).arrays.mentors.hours

    assert np.flatnonzero(hours[0]).tolist() == list(range(16, 24))


def test_who_cannot_be_matched_is_left_out_with_the_reason(place):
    tomorrow = timezone.now().date() + timedelta(days=2)
    with inside(place.organization):
        item = PreparationItem.objects.create(
            program=place.cohort.program, title="Read this", is_required=True, audience="mentor"
        )
    people = {
        LeftOut.PENDING: place.person(MENTEE, state=ParticipantState.PENDING),
        LeftOut.WAITLISTED: place.person(MENTEE, state=ParticipantState.WAITLISTED),
        LeftOut.GONE: place.person(MENTEE, person={"deactivated_at": timezone.now()}),
        LeftOut.ON_LEAVE: place.person(MENTEE, person={"on_leave": True}),
        LeftOut.PAUSED: place.person(MENTEE, paused_until=tomorrow),
        LeftOut.NO_GRADE: place.person(MENTEE, person={"grade": None}),
        LeftOut.UNREADY: place.person(MENTOR),
    }
    for state in (ParticipantState.DRAFT, ParticipantState.DECLINED, ParticipantState.WITHDRAWN):
        place.person(MENTEE, state=state)
    ready, there = place.person(MENTOR), place.person(MENTEE)
    with inside(place.organization):
        PreparationDone.objects.create(participant=ready, item=item, done_at=timezone.now())

    found = gathered(place.cohort)

    assert left_out(place.cohort) == {person.pk: why for why, person in people.items()}
    assert (found.mentors, found.mentees) == ([ready.pk], [there.pk])
    assert found.left_out_counts["mentor"] == {"unready": 1}


def test_without_a_rule_on_seniority_nobody_needs_a_grade():
    place = Place(program={"kind": Kind.MUTUAL})
    for rank in (2, 4, 9):
        place.person(MENTOR, rank=rank)
    place.person(MENTEE, person={"grade": None})

    arrays = gathered(place.cohort).arrays

    assert arrays.mentees.grade.tolist() == [4]


def test_live_pairs_and_open_proposals_hold_places(place):
    mentor = place.person(MENTOR, capacity=3)
    full = place.person(MENTOR)
    one, two, three = (place.person(MENTEE, capacity=2) for _ in range(3))
    place.pairing(mentor, one, PairingState.ACTIVE)
    place.pairing(mentor, two, PairingState.PROPOSED)
    place.pairing(full, three, PairingState.PROPOSED)

    found = gathered(place.cohort)

    assert found.arrays.mentors.capacity.tolist() == [1]
    assert found.arrays.mentees.capacity.tolist() == [1, 1, 1]
    assert found.left_out[full.pk] == (MENTOR, LeftOut.FULL)
    assert pairs(found.arrays.blocks) == [(0, 0), (1, 0)]


@pytest.mark.parametrize(
    ("state", "fields", "blocks", "earlier"),
    [
        (PairingState.DECLINED, {}, 1, 0),
        (PairingState.EXPIRED, {}, 1, 0),
        (PairingState.WITHDRAWN, {}, 0, 0),
        (PairingState.WITHDRAWN, {"began_at": timezone.now()}, 1, 0),
        (PairingState.COMPLETED, {}, 0, 1),
        (PairingState.CLOSED_EARLY, {}, 0, 1),
    ],
)
def test_what_was_between_two_people_counts_in_every_cohort(place, state, fields, blocks, earlier):
    before = Place(place.organization)
    mentor, mentee = before.person(MENTOR), before.person(MENTEE)
    before.pairing(mentor, mentee, state, **fields)
    take_part(place.cohort, MENTOR, member=mentor.member)
    take_part(place.cohort, MENTEE, member=mentee.member)

    arrays = gathered(place.cohort).arrays

    assert pairs(arrays.blocks) == [(0, 0)] * blocks
    assert pairs(arrays.earlier) == [(0, 0)] * earlier


def test_wishes_of_admins_become_locks_and_blocks(place):
    mentor = place.person(MENTOR, capacity=9)
    mentees = [place.person(MENTEE) for _ in range(5)]
    second = place.person(MENTEE, state=ParticipantState.PENDING)
    rule = {"broken": ["topic", "score"], "reason": "They asked for it."}
    place.wish(mentor, mentees[0], Wanted.FORBID)
    place.wish(mentor, mentees[1], Wanted.LOCK)
    place.wish(mentor, mentees[2], Wanted.LOCK, **rule)
    place.wish(mentor, mentees[3], Wanted.LOCK, **rule, approved_by=mentees[0].member)
    place.wish(mentor, second, Wanted.LOCK)
    place.wish(mentor, mentees[4], Wanted.LOCK)
    place.pairing(mentor, mentees[4], PairingState.PROPOSED)

    found = gathered(place.cohort)

    assert pairs(found.arrays.blocks) == [(0, 0)]
    assert pairs(found.arrays.locks) == [(1, 0), (3, 0)]
    assert pairs(found.arrays.approved) == [(3, 0)]
    assert found.locks_left_out == 3


@pytest.mark.parametrize("shown", [True, False], ids=["shown", "new"])
def test_a_second_persons_yes_holds_for_the_rules_that_they_were_shown(place, shown):
    mentor, mentee = place.person(MENTOR, "AI"), place.person(MENTEE, "AI")
    with inside(place.organization):
        type(mentor.member).objects.filter(pk=mentor.member_id).update(manager=mentee.member)
    broken = ["topic", "chain"] if shown else ["topic"]
    rule = {"broken": broken, "reason": "They asked for it.", "approved_by": mentee.member}
    place.wish(mentor, mentee, Wanted.LOCK, **rule)

    arrays = gathered(place.cohort).arrays

    assert pairs(arrays.locks) == [(0, 0)]
    assert pairs(arrays.approved) == [(0, 0)] * shown


def test_own_lists_become_choices_of_those_who_take_part(place):
    mentor, mentee, gone = place.person(MENTOR), place.person(MENTEE), place.person(MENTOR)
    with inside(place.organization):
        for chooser, chosen, rank in ((mentee, gone, 1), (mentee, mentor, 2), (mentor, mentee, 1)):
            Preference.objects.create(chooser=chooser, chosen=chosen, rank=rank)
        type(gone).objects.filter(pk=gone.pk).update(state=ParticipantState.WAITLISTED)

    arrays = gathered(place.cohort).arrays

    assert arrays.mentee_choices.tolist() == [[0, 0, 2]]
    assert arrays.mentor_choices.tolist() == [[0, 0, 1]]


def test_pairs_of_the_plan_that_was_published_last_were_shown_before(place):
    mentor, mentee, other = place.person(MENTOR), place.person(MENTEE), place.person(MENTEE)
    now = timezone.now()
    with inside(place.organization):
        for days, who in ((2, other), (1, mentee)):
            at = now - timedelta(days=days)
            run = Run.objects.create(
                cohort=place.cohort, state=RunState.PUBLISHED, queued_at=at, published_at=at
            )
            RunPair.objects.create(run=run, mentor=mentor, mentee=who, score=1)

    assert pairs(gathered(place.cohort).arrays.proposed) == [(0, 0)]


def test_keys_do_not_depend_on_who_else_is_there(place):
    person = place.person(MENTOR)
    before = gathered(place.cohort).arrays.mentors.key.tolist()
    place.person(MENTOR)

    assert before == gathered(place.cohort).arrays.mentors.key.tolist()[:1]
    assert gathered(place.cohort).mentors[0] == person.pk


def test_strangers_are_not_gathered(place):
    other = Place()
    stranger = other.person(MENTOR, "AI")
    other.pairing(stranger, other.person(MENTEE, "AI"), PairingState.ACTIVE)
    mine = place.person(MENTOR, "AI")

    found = gathered(place.cohort)

    assert (found.mentors, found.mentees) == ([mine.pk], [])
    assert found.topics == [place.topics["AI"].pk]
    assert len(found.arrays.managers) == 1


@pytest.mark.parametrize("size", [3, 300])
def test_gathering_costs_the_same_however_many_people(place, django_assert_num_queries, size):
    place.person(MENTEE, "AI")
    fill(place, size)

    with inside(place.organization), django_assert_num_queries(10):
        cohort = Cohort.objects.select_related("program", "organization").get()
        found = assemble(cohort, Settings(Rules(), Weights()), now=timezone.now())

    assert (len(found.mentees), len(found.mentors)) == (size + 1, size)


def fill(place: Place, size: int) -> None:
    """People on both sides who were together before, and wishes about them."""
    for number in range(size):
        mentor, mentee = place.person(MENTOR, "AI", capacity=2), place.person(MENTEE, "AI")
        state = PairingState.COMPLETED if number % 2 else PairingState.DECLINED
        place.pairing(mentor, mentee, state)
        place.wish(mentor, mentee, Wanted.FORBID)
