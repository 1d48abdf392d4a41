"""A cohort goes along the table only, for people, operations and raw SQL alike."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from programs.enums import CohortState, ParticipantState, Side
from programs.models import Cohort
from programs.operations import cohorts as operations
from programs.transitions import BACK, FORWARD, is_allowed
from tests.factories import create_member, inside, login, reload, url
from tests.programs.cohorts.making import (
    create_cohort,
    create_house,
    create_program,
    days,
    enroll,
    put_in,
    today,
)

ALLOWED = {
    ("draft", "enrolling"),
    ("enrolling", "matching"),
    ("matching", "running"),
    ("running", "closing"),
    ("closing", "closed"),
    ("enrolling", "draft"),
    ("matching", "enrolling"),
}
PAIRS = list(product(CohortState, CohortState))


def changes(cohort: Cohort) -> list[list[str]]:
    with inside(cohort.organization_id):
        events = AuditEvent.objects.filter(action="cohort.advanced").order_by("at", "pk")
        return [event.details["cohort_state"] for event in events]


def test_the_table_is_this_one():
    assert {(a.value, b.value) for a, b in PAIRS if is_allowed(a, b)} == ALLOWED
    assert {*FORWARD.items(), *BACK.items()} == {(a, b) for a, b in PAIRS if is_allowed(a, b)}


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after"), [pair for pair in PAIRS if pair[0] != pair[1]])
def test_the_database_refuses_every_other_change_also_of_raw_sql(before, after):
    owner, _ = create_house(grades=1, people_each=1)
    cohort = put_in(create_cohort(create_program(owner)), before)

    def change() -> None:
        with inside(owner.organization_id), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE programs_cohort SET state = %s WHERE id = %s", [after, cohort.pk]
            )

    if (before, after) in ALLOWED:
        change()
    else:
        with pytest.raises(IntegrityError, match="does not go from"), transaction.atomic():
            change()
    assert reload(cohort).state == (after if (before, after) in ALLOWED else before)


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after"), [pair for pair in PAIRS if pair[0] != pair[1]])
def test_an_admin_can_take_every_step_of_the_table_and_no_other(client, before, after):
    owner, people = create_house()
    cohort = put_in(create_cohort(create_program(owner)), before)
    if after == CohortState.MATCHING:
        for side, member in zip(Side, people, strict=False):
            enroll(cohort, member, side)
    login(client, owner)

    client.post(url(owner, "cohort_advance", cohort.pk), {"to": after, "seen": before})

    is_taken = (before, after) in ALLOWED
    assert reload(cohort).state == (after if is_taken else before)
    assert changes(cohort) == ([[before.value, after.value]] if is_taken else [])


@pytest.mark.django_db
def test_a_step_taken_twice_is_taken_once(client):
    owner, _ = create_house()
    cohort = create_cohort(create_program(owner))
    login(client, owner)
    for _ in range(2):
        client.post(url(owner, "cohort_advance", cohort.pk), {"to": "enrolling", "seen": "draft"})
    assert reload(cohort).state == CohortState.ENROLLING
    assert changes(cohort) == [["draft", "enrolling"]]


@pytest.mark.django_db
def test_a_page_that_is_out_of_date_cannot_turn_on_into_back(client):
    owner, _ = create_house()
    cohort = put_in(create_cohort(create_program(owner)), CohortState.MATCHING)
    login(client, owner)

    answers = {"to": "enrolling", "seen": "draft"}
    page = client.post(url(owner, "cohort_advance", cohort.pk), answers, follow=True)

    assert "Somebody else was faster" in page.text
    assert reload(cohort).state == CohortState.MATCHING


@pytest.mark.django_db
def test_a_state_that_does_not_exist_is_a_bad_request(client):
    owner, _ = create_house()
    cohort = create_cohort(create_program(owner))
    login(client, owner)
    answer = client.post(url(owner, "cohort_advance", cohort.pk), {"to": "somewhere"})
    assert answer.status_code == 400


@pytest.mark.django_db
def test_enrollment_does_not_open_while_something_is_missing(client):
    owner, _ = create_house()
    cohort = create_cohort(create_program(owner, purpose=""))
    login(client, owner)

    page = client.post(
        url(owner, "cohort_advance", cohort.pk), {"to": "enrolling", "seen": "draft"}, follow=True
    )

    assert page.redirect_chain == [(url(owner, "cohort_preflight", cohort.pk), 302)]
    assert "Not yet. Look at: Purpose." in page.text
    assert reload(cohort).state == CohortState.DRAFT


@pytest.mark.django_db
def test_nobody_who_has_enrolled_is_put_back_into_a_draft(client):
    owner, people = create_house()
    cohort = put_in(create_cohort(create_program(owner)), CohortState.ENROLLING)
    login(client, owner)
    answers = {"to": "draft", "seen": "enrolling"}
    taking_part = enroll(cohort, people[0], state=ParticipantState.PENDING)

    client.post(url(owner, "cohort_advance", cohort.pk), answers)
    assert reload(cohort).state == CohortState.ENROLLING

    with inside(owner.organization_id):
        taking_part.state = ParticipantState.WITHDRAWN
        taking_part.save()
    client.post(url(owner, "cohort_advance", cohort.pk), answers)
    assert reload(cohort).state == CohortState.DRAFT


@pytest.mark.django_db
def test_enrollment_is_not_closed_without_somebody_on_both_sides(client):
    owner, people = create_house()
    cohort = put_in(create_cohort(create_program(owner)), CohortState.ENROLLING)
    enroll(cohort, people[0], Side.MENTOR)
    enroll(cohort, people[1], Side.MENTEE, ParticipantState.PENDING)
    login(client, owner)

    answers = {"to": "matching", "seen": "enrolling"}
    page = client.post(url(owner, "cohort_advance", cohort.pk), answers, follow=True)

    assert "Not yet. Look at: No mentees are approved." in page.text
    assert reload(cohort).state == CohortState.ENROLLING


@pytest.mark.django_db
def test_enrollment_opens_again_only_when_there_is_time_left(client):
    owner, _ = create_house()
    past = days() | {"enrollment_opens_on": today().replace(year=2020)}
    past["enrollment_closes_on"] = past["enrollment_opens_on"]
    cohort = create_cohort(create_program(owner), **past)
    put_in(cohort, CohortState.MATCHING)
    login(client, owner)
    client.post(url(owner, "cohort_advance", cohort.pk), {"to": "enrolling", "seen": "matching"})
    assert reload(cohort).state == CohortState.MATCHING


@pytest.mark.django_db
def test_the_page_says_what_the_next_step_will_do(client):
    owner, _ = create_house(grades=3, people_each=1)
    cohort = create_cohort(
        create_program(owner), enrollment_opens_on=days()["enrollment_closes_on"]
    )
    login(client, owner)
    page = client.get(url(owner, "cohort", cohort.pk)).text
    assert "4 people are eligible." in page
    assert "Open enrollment?" in page


def test_two_admins_who_go_on_at_once_go_on_once(committed_db):
    owner, _ = create_house()
    other = create_member(owner.organization, roles=owner.roles)
    cohort = create_cohort(create_program(owner))
    both = Barrier(2)

    def go_on(actor) -> str:
        try:
            with inside(actor.organization_id, member_id=actor.pk):
                found = Cohort.objects.get(pk=cohort.pk)
                both.wait(timeout=10)
                operations.advance(
                    cohort=found,
                    to=CohortState.ENROLLING,
                    seen=CohortState(found.state),
                    actor=actor,
                    now=timezone.now(),
                )
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as threads:
        outcomes = [threads.submit(go_on, owner), threads.submit(go_on, other)]
        assert [outcome.result() for outcome in outcomes] == ["done", "done"]
    assert reload(cohort).state == CohortState.ENROLLING
    assert changes(cohort) == [["draft", "enrolling"]]


def test_of_two_admins_who_go_different_ways_one_is_refused(committed_db):
    owner, _ = create_house()
    other = create_member(owner.organization, roles=owner.roles)
    cohort = put_in(create_cohort(create_program(owner)), CohortState.MATCHING)
    both = Barrier(2)

    def go(actor, to: CohortState) -> str:
        try:
            with inside(actor.organization_id, member_id=actor.pk):
                found = Cohort.objects.get(pk=cohort.pk)
                both.wait(timeout=10)
                operations.advance(
                    cohort=found,
                    to=to,
                    seen=CohortState(found.state),
                    actor=actor,
                    now=timezone.now(),
                )
        except operations.Moved:
            return "moved"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as threads:
        outcomes = [
            threads.submit(go, owner, CohortState.RUNNING),
            threads.submit(go, other, CohortState.ENROLLING),
        ]
        assert sorted(outcome.result() for outcome in outcomes) == ["done", "moved"]
    assert len(changes(cohort)) == 1
