"""The page of a cohort: how far people have come, and what waits for the admin."""

from datetime import timedelta

import pytest
from django.utils import timezone

from programs.enums import Answer, CohortState, ParticipantState, Side
from programs.models import Participant, PreparationDone, PreparationItem
from programs.overview import overview_of
from programs.queries.cohort_invitations import answers_to
from programs.queries.funnel import funnel_of, ready
from tests.factories import create_listed, inside, login, url
from tests.programs.cohorts.making import (
    create_cohort,
    create_house,
    create_program,
    days,
    enroll,
    invite,
    put_in,
    today,
)

pytestmark = pytest.mark.django_db


def prepare(participant: Participant) -> Participant:
    with inside(participant.organization_id):
        item = PreparationItem.objects.get(is_required=True, archived_at=None)
        PreparationDone.objects.create(participant=participant, item=item, done_at=timezone.now())
    return participant


def todos(owner, cohort) -> list[str]:
    with inside(owner.organization_id):
        return [
            todo.text
            for todo in overview_of(cohort, member=owner, today=today(), may_manage=True).todos
        ]


@pytest.fixture
def house():
    owner, people = create_house(grades=4, people_each=4)
    cohort = put_in(create_cohort(create_program(owner)), CohortState.ENROLLING)
    return owner, people, cohort


def test_the_funnel_counts_each_step_on_each_side(house):
    owner, people, cohort = house
    for member in people[:6]:
        invite(cohort, member, owner)
    enroll(cohort, people[0], state=ParticipantState.DRAFT)
    enroll(cohort, people[1], state=ParticipantState.PENDING)
    enroll(cohort, people[2])
    prepare(enroll(cohort, people[3]))
    prepare(enroll(cohort, people[6], paused_until=today() + timedelta(days=3)))
    enroll(cohort, people[7], state=ParticipantState.WAITLISTED)
    enroll(cohort, people[8], state=ParticipantState.DECLINED)
    enroll(cohort, people[9], state=ParticipantState.WITHDRAWN)
    enroll(cohort, people[10], Side.MENTEE)

    with inside(owner.organization_id):
        funnel = funnel_of(cohort, today=today())
        can_be_matched = ready(Participant.objects.filter(cohort=cohort), today=today())
        assert [each.member_id for each in can_be_matched] == [people[3].pk]

    mentors, mentees = funnel[Side.MENTOR], funnel[Side.MENTEE]
    steps = ("eligible", "invited", "started", "sent", "approved", "ready")
    assert [getattr(mentors, step) for step in steps] == [17, 6, 7, 6, 3, 1]
    assert [getattr(mentees, step) for step in steps] == [17, 0, 1, 1, 1, 0]
    assert (mentors.drafts, mentors.pending, mentors.waitlisted) == (1, 1, 1)
    assert (mentors.declined, mentors.withdrawn, mentors.paused) == (1, 1, 1)
    assert (mentors.unprepared, mentors.unanswered) == (1, 2)


def test_enrolling_on_the_other_side_answers_an_invitation_as_its_own_page_says(house):
    owner, people, cohort = house
    for member in people[:3]:
        invite(cohort, member, owner)
    enroll(cohort, people[0], Side.MENTEE)
    enroll(cohort, people[1], Side.MENTEE, state=ParticipantState.DRAFT)

    with inside(owner.organization_id):
        funnel, answers = funnel_of(cohort, today=today()), answers_to(cohort)

    assert funnel[Side.MENTOR].unanswered == answers[Answer.WAITING] == 1


def test_a_pause_that_is_over_and_an_item_for_the_others_do_not_hold_anybody_up(house):
    owner, people, cohort = house
    with inside(owner.organization_id):
        PreparationItem.objects.update(archived_at=timezone.now())
        for audience, required in (("mentee", True), ("mentor", False)):
            PreparationItem.objects.create(
                program=cohort.program, title=audience, audience=audience, is_required=required
            )
    enroll(cohort, people[0], paused_until=today())
    enroll(cohort, people[1], Side.MENTEE)
    with inside(owner.organization_id):
        funnel = funnel_of(cohort, today=today())
    assert (funnel[Side.MENTOR].ready, funnel[Side.MENTEE].ready) == (1, 0)


def test_with_nothing_to_do_the_page_says_so(client, house):
    owner, people, cohort = house
    invite(cohort, people[0], owner)
    prepare(enroll(cohort, people[0]))
    login(client, owner)
    assert todos(owner, cohort) == []
    page = client.get(url(owner, "cohort", cohort.pk)).text
    assert "Nothing waits for you." in page
    assert "Mentors: how far they have come" in page
    assert "Mentees: how far they have come" in page


def test_a_draft_leads_to_what_is_missing():
    owner, _ = create_house()
    cohort = create_cohort(create_program(owner, purpose="", agreement=""))
    assert todos(owner, cohort) == ["2 things are missing before people can enroll"]


def test_enrollment_asks_for_what_is_left_to_do(house):
    owner, people, cohort = house
    assert todos(owner, cohort) == ["Nobody is invited yet"]
    invite(cohort, people[0], owner)
    invite(cohort, people[1], owner)
    invite(cohort, people[2], owner, declined_at=timezone.now())
    enroll(cohort, people[1], state=ParticipantState.DRAFT)
    enroll(cohort, people[3], state=ParticipantState.PENDING)
    enroll(cohort, people[4])
    assert todos(owner, cohort) == [
        "Approve 1 person",
        "1 approved person has not finished the preparation",
        "1 invitation is unanswered",
        "1 person has begun to enroll and not finished",
    ]


@pytest.mark.parametrize(("places", "is_told"), [(None, True), (2, True), (1, False)])
def test_the_waiting_list_is_told_only_while_places_are_free(house, places, is_told):
    owner, people, cohort = house
    with inside(owner.organization_id):
        cohort.places = places
        cohort.save()
    invite(cohort, people[0], owner)
    prepare(enroll(cohort, people[0]))
    enroll(cohort, people[1], state=ParticipantState.WAITLISTED)
    told = "1 person is on the waiting list (mentors), and places are free"
    assert todos(owner, cohort) == ([told] if is_told else [])


def test_a_lopsided_cohort_is_told(house):
    owner, people, cohort = house
    invite(cohort, people[0], owner)
    for member in people[:6]:
        prepare(enroll(cohort, member))
    assert todos(owner, cohort) == ["There are 6 mentors and only 0 mentees: invite mentees"]


DAYS = {
    "enrollment ends today": ("enrolling", "enrollment_closes_on", 0, "Enrollment closes today"),
    "enrollment ends soon": ("enrolling", "enrollment_closes_on", 3, "Enrollment closes in 3 days"),
    "enrollment is over": (
        "enrolling",
        "enrollment_closes_on",
        -1,
        "Enrollment is over: close it, or give it a later day",
    ),
    "it could begin": ("matching", "starts_on", 0, "The start day is here: let the pairs begin"),
    "it could end": ("running", "ends_on", -1, "The last day has passed: start closing"),
}


@pytest.mark.parametrize(("state", "field", "ahead", "text"), DAYS.values(), ids=list(DAYS))
def test_days_that_come_and_go_are_told(state, field, ahead, text):
    owner, people = create_house()
    first = today() - timedelta(days=90)
    fields = dict.fromkeys(("enrollment_opens_on", "enrollment_closes_on", "starts_on"), first)
    fields |= {"ends_on": days()["ends_on"], field: today() + timedelta(days=ahead)}
    if field == "enrollment_closes_on":
        fields["starts_on"] = days()["starts_on"]
    cohort = create_cohort(create_program(owner), **fields)
    put_in(cohort, CohortState(state))
    invite(cohort, people[0], owner)
    prepare(enroll(cohort, people[0]))
    waits = [] if state == "enrolling" else ["1 approved person waits for a partner"]
    assert todos(owner, cohort) == [text, *waits]


@pytest.mark.parametrize("count", [3, 300])
@pytest.mark.parametrize(("state", "queries"), [("draft", 21), ("enrolling", 14), ("running", 16)])
def test_the_page_costs_the_same_for_few_and_for_many(
    client, django_assert_num_queries, count, state, queries
):
    owner, people = create_house(grades=3)
    cohort = put_in(create_cohort(create_program(owner)), CohortState(state))
    people += [create_listed(owner.organization) for _ in range(count)]
    with inside(owner.organization_id):
        Participant.objects.bulk_create(
            Participant(cohort=cohort, member=each, side=Side.MENTOR, state="approved")
            for each in people[:count]
        )
    login(client, owner)
    client.get(url(owner, "cohort", cohort.pk))
    with django_assert_num_queries(queries):
        client.get(url(owner, "cohort", cohort.pk))
