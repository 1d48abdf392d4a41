"""The list of a cohort's people, and doing something with many of them."""

from datetime import timedelta

import pytest
import time_machine

from accounts.enums import Role
from accounts.models import Department
from programs.enums import ParticipantState, Side
from programs.models import PreparationDone, PreparationItem
from tests.factories import create_member, create_owner, inside, login, url
from tests.programs.people.steps import (
    NOON,
    create_cohort,
    create_many,
    enroll,
    narrowed_admin,
    states_of,
)

pytestmark = pytest.mark.django_db
S = ParticipantState


def act(client, cohort, handling: str, *rows, **more):
    """Post the first step; returns the answer."""
    data = {"handling": handling, "selected": [str(row.pk) for row in rows], **more}
    return client.post(url(cohort.organization, "cohort_people_act", cohort.pk), data)


def named(owner, name: str):
    return create_member(owner.organization, name=name)


def test_the_list_shows_where_everybody_stands(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    with inside(owner.organization_id):
        department = Department.objects.create(name="Sales")
        item = PreparationItem.objects.create(program=cohort.program, title="Video")
        PreparationItem.objects.create(
            program=cohort.program, title="For mentors", audience="mentor"
        )
        PreparationItem.objects.create(program=cohort.program, title="Old", archived_at=NOON)
    ada = create_member(owner.organization, name="Ada Lovelace", department=department)
    row = enroll(cohort, ada, side=Side.MENTOR, state=S.APPROVED, capacity=2)
    with inside(owner.organization_id):
        PreparationDone.objects.create(participant=row, item=item, done_at=NOON)
    login(client, owner)

    text = client.get(url(owner, "cohort_people", cohort.pk)).text

    shown = " ".join(text.split())
    assert "Ada Lovelace" in shown
    assert "Sales" in shown
    assert "up to 2 at a time" in shown
    assert "1 of 2" in shown


def test_filters_narrow_the_list(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    enroll(cohort, named(owner, "Ada"), side=Side.MENTOR)
    enroll(cohort, named(owner, "Bob"), state=S.APPROVED)
    login(client, owner)
    address = url(owner, "cohort_people", cohort.pk)

    assert names(client, f"{address}?side=mentor") == ["Ada"]
    assert names(client, f"{address}?state=approved") == ["Bob"]
    assert names(client, f"{address}?q=bo") == ["Bob"]
    assert names(client, f"{address}?prepared=open") == []
    assert names(client, f"{address}?prepared=done") == ["Ada", "Bob"]


def names(client, address: str) -> list[str]:
    text = client.get(address).text
    return [name for name in ("Ada", "Bob") if f'">{name}</a>' in text]


def test_nothing_happens_before_it_is_confirmed(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    ada, bob = (enroll(cohort, named(owner, name)) for name in ("Ada", "Bob"))
    login(client, owner)

    question = act(client, cohort, "approve", ada, bob)

    assert "Approve: 2 people" in question.text
    assert states_of([ada, bob]) == [S.PENDING, S.PENDING]

    result = act(client, cohort, "approve", ada, bob, count="2")
    assert "Approve: done for 2 people" in result.text
    assert states_of([ada, bob]) == [S.APPROVED, S.APPROVED]


def test_the_report_says_who_was_passed_over_and_why(client):
    owner = create_owner()
    cohort = create_cohort(owner, places=1)
    ada = enroll(cohort, named(owner, "Ada"), submitted_at=NOON)
    bob = enroll(cohort, named(owner, "Bob"), submitted_at=NOON + timedelta(hours=1))
    cyd = enroll(cohort, named(owner, "Cyd"), state=S.WITHDRAWN)
    login(client, owner)

    text = act(client, cohort, "approve", ada, bob, cyd, count="3").text

    assert "done for 1 person" in text
    assert "2 people were passed over" in text
    shown = " ".join(text.split())
    assert 'Bob</span> <span class="soft small">mentee · all places are taken' in shown
    assert 'Cyd</span> <span class="soft small">mentee · has withdrawn' in shown


def test_all_that_match_the_filter_are_meant_on_every_page(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    mentees = [enroll(cohort) for _ in range(3)]
    mentor = enroll(cohort, side=Side.MENTOR)
    login(client, owner)

    question = act(client, cohort, "waitlist", all="on", filter="side=mentee")
    assert "Put on the waiting list: 3 people" in question.text

    act(client, cohort, "waitlist", all="on", filter="side=mentee", count="3")
    assert states_of([*mentees, mentor]) == [S.WAITLISTED] * 3 + [S.PENDING]


def test_somebody_new_under_the_filter_is_not_taken_along_unseen(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    rows = [enroll(cohort) for _ in range(3)]
    login(client, owner)

    answer = act(client, cohort, "approve", all="on", filter="", count="2")

    assert "The list has changed meanwhile" in answer.text
    assert states_of(rows) == [S.PENDING] * 3


def test_an_approval_can_be_undone_from_its_report(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    row = enroll(cohort)
    login(client, owner)

    report = act(client, cohort, "approve", row, count="1").text
    assert 'name="handling" value="reopen"' in report
    act(client, cohort, "reopen", row, count="1")

    assert states_of([row]) == [S.PENDING]


@pytest.mark.parametrize("data", [{}, {"handling": "approve"}, {"handling": "delete", "all": "on"}])
def test_without_a_choice_the_list_says_so(client, data):
    owner = create_owner()
    cohort = create_cohort(owner)
    enroll(cohort)
    login(client, owner)

    answer = client.post(url(owner, "cohort_people_act", cohort.pk), data, follow=True)

    assert "Please select somebody and say what to do." in answer.text


def test_people_of_another_cohort_cannot_be_smuggled_in(client):
    owner = create_owner()
    cohort, other = create_cohort(owner), create_cohort(owner, "Autumn")
    row = enroll(other)
    login(client, owner)

    act(client, cohort, "approve", row, count="1")

    assert states_of([row]) == [S.PENDING]


@time_machine.travel(NOON, tick=False)
def test_preparation_is_marked_for_many_with_its_day(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    with inside(owner.organization_id):
        item = PreparationItem.objects.create(
            program=cohort.program, title="Video", audience="mentor"
        )
    mentor, mentee = enroll(cohort, side=Side.MENTOR), enroll(cohort, named(owner, "Bob"))
    login(client, owner)

    question = act(client, cohort, "prepared", mentor, mentee)
    assert 'value="2026-11-23"' in question.text
    answer = act(
        client, cohort, "prepared", mentor, mentee, count="2", item=str(item.pk), day="2026-11-20"
    )

    assert "this preparation is for the other side" in answer.text
    with inside(owner.organization_id):
        rows = list(PreparationDone.objects.values_list("participant", "done_at__date"))
    assert [(key, day.isoformat()) for key, day in rows] == [(mentor.pk, "2026-11-20")]


def test_a_day_to_come_is_refused(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    with inside(owner.organization_id):
        item = PreparationItem.objects.create(program=cohort.program, title="Video")
    row = enroll(cohort)
    login(client, owner)

    answer = act(client, cohort, "prepared", row, count="1", item=str(item.pk), day="2999-01-01")

    assert "Choose today or a day before." in answer.text


def test_one_person_has_a_page_where_preparation_is_marked(client):
    owner = create_owner()
    cohort = create_cohort(owner)
    with inside(owner.organization_id):
        item = PreparationItem.objects.create(program=cohort.program, title="Video")
    row = enroll(cohort, named(owner, "Ada"))
    login(client, owner)
    page = url(owner, "cohort_person", cohort.pk, row.pk)
    mark = url(owner, "cohort_person_prepared", cohort.pk, row.pk)

    assert "Mark as done" in client.get(page).text
    assert "Mark as open" in client.post(mark, {"item": item.pk, "done": "on"}, follow=True).text
    assert "Mark as done" in client.post(mark, {"item": item.pk}, follow=True).text


def test_free_places_are_offered_to_the_waiting_list(client):
    owner = create_owner()
    cohort = create_cohort(owner, places=1)
    row = enroll(cohort, state=S.WAITLISTED)
    login(client, owner)

    text = client.get(url(owner, "cohort_people", cohort.pk)).text
    assert "Mentees: 1 place is free, 1 on the waiting list" in text
    client.post(url(owner, "cohort_people_next", cohort.pk), {"side": "mentee"})

    assert states_of([row]) == [S.APPROVED]
    text = client.get(url(owner, "cohort_people", cohort.pk)).text
    assert "on the waiting list" not in text.replace("Put on the waiting list", "")


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_however_many_people(client, django_assert_num_queries, count):
    owner = create_owner()
    cohort = create_cohort(owner)
    create_many(cohort, count)
    login(client, owner)
    client.get(url(owner, "cohort_people", cohort.pk))

    with django_assert_num_queries(16):
        client.get(url(owner, "cohort_people", cohort.pk), {"size": "100"})


PAGES = ["cohort_people", "cohort_invite", "cohort_invite_new", "cohort_announcements",
         "cohort_announcement_new", "cohort_circles", "cohort_circle_new"]  # fmt: skip


@pytest.mark.parametrize("view", PAGES)
def test_only_those_who_run_the_cohort_get_in(client, view):
    owner = create_owner()
    cohort = create_cohort(owner)
    people = {
        "owner": owner,
        "admin": create_member(owner.organization, roles=[Role.PROGRAM_ADMIN]),
        "responsible": narrowed_admin(cohort, reaches=True),
        "responsible for others": narrowed_admin(cohort, reaches=False),
        "analyst": create_member(owner.organization, roles=[Role.HR_ANALYST]),
        "member": create_member(owner.organization),
        "stranger": create_owner(),
    }
    answers = {
        who: login(client, person).get(url(owner, view, cohort.pk)).status_code
        for who, person in people.items()
    }
    assert answers == {
        "owner": 200,
        "admin": 200,
        "responsible": 200,
        "responsible for others": 404,
        "analyst": 403,
        "member": 403,
        "stranger": 404,
    }
