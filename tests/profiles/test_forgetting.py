"""Private answers go with the enrollment, whoever ends it."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.enums import ImportMode
from accounts.operations.members import deactivate, leave
from mentoring.outbox import jobs
from mentoring.outbox.models import Message
from mentoring.profiles.models import Aims, CriteriaStatement, SelfRating
from mentoring.profiles.operations.forgetting import KIND, erase, forget
from mentoring.profiles.ratings import STATEMENTS
from mentoring.tenancy.scope import within
from programs.enums import ParticipantState, Side
from programs.operations.decisions import decide
from tests.accounts.lists import applied, people_list
from tests.factories import create_member, create_owner, inside, login, url
from tests.profiles.people import create_place, create_topics
from tests.profiles.test_enrollment import (
    enroll_as_mentee,
    own,
    page_of,
    participant_of,
    rates,
)

pytestmark = pytest.mark.django_db(databases=["default", "cache", "system"])

RATINGS = len(STATEMENTS[Side.MENTEE])
ALL = (1, RATINGS, 1)
CRITERIA = {"meets": "on", "characteristic": "I grew up poor."}


def enrolled():
    """An admin, a cohort, and two leaders who have written everything there is to write."""
    asks = {"criteria": "First in the family at a university."}
    organization, cohort, leader = create_place(program=asks)
    topics = create_topics(organization, "AI tools")
    other = create_member(organization, name="Bo O’Neil")
    for each in (leader, other):
        client = login(Client(), each)
        enroll_as_mentee(client, each, cohort, topics)
        start = {**rates(Side.MENTEE, 2), **CRITERIA}
        client.post(page_of(each, cohort, "mentee", "start"), start)
    return create_owner(organization), cohort, leader, other


def written(member) -> tuple[int, int, int]:
    """How many private rows of each kind the member has, seen with the member's own eyes."""
    aims, ratings, criteria = (
        len(own(member, model, member=member)) for model in (Aims, SelfRating, CriteriaStatement)
    )
    return aims, ratings, criteria


def deliver(member) -> None:
    """What a worker does."""
    with within(member.organization_id):
        while jobs.deliver(clock=timezone.now):
            pass


def states(member) -> list[str]:
    """Where the jobs of forgetting stand."""
    with inside(member.organization_id):
        found = Message.objects.filter(kind=KIND).order_by("created_at", "pk")
        return list(found.values_list("state", flat=True))


def act(client, admin, cohort, people, handling):
    data = {"selected": [each.pk for each in people], "handling": handling, "count": len(people)}
    return client.post(url(admin, "cohort_people_act", cohort.pk), data)


def withdraw(admin, member) -> None:
    mine = participant_of(member)
    with inside(admin.organization_id, member_id=admin.pk):
        decide(
            participants=[mine],
            state=ParticipantState.WITHDRAWN,
            actor=admin,
            now=timezone.now(),
        )


def test_whom_an_admin_withdraws_leaves_nothing_private_behind(client):
    admin, cohort, leader, other = enrolled()
    _, _, stranger, _ = enrolled()
    assert (written(leader), written(other), written(stranger)) == (ALL, ALL, ALL)
    login(client, admin)

    page = act(client, admin, cohort, [participant_of(leader)], "withdraw")
    deliver(admin)

    assert page.status_code == 200
    assert participant_of(leader).state == "withdrawn"
    assert (written(leader), written(other), written(stranger)) == ((0, 0, 0), ALL, ALL)
    assert states(admin) == ["sent"]


def test_a_withdrawal_is_final_so_nothing_waits_for_an_undo(client):
    admin, cohort, leader, _ = enrolled()
    login(client, admin)

    page = act(client, admin, cohort, [participant_of(leader)], "withdraw")
    again = act(client, admin, cohort, [participant_of(leader)], "reopen")

    assert 'value="reopen"' not in page.text
    assert "has withdrawn" in again.text
    assert participant_of(leader).state == "withdrawn"


def test_other_decisions_leave_what_people_wrote(client):
    admin, cohort, leader, _ = enrolled()
    login(client, admin)

    for handling in ("approve", "waitlist", "decline", "reopen"):
        act(client, admin, cohort, [participant_of(leader)], handling)
    deliver(admin)

    assert written(leader) == ALL
    assert states(admin) == []


def test_whoever_is_deactivated_or_leaves_takes_what_is_private_along():
    admin, _, leader, other = enrolled()
    third = enrolled()[2]

    with inside(admin.organization_id, member_id=admin.pk):
        deactivate(member=leader, actor=admin, now=timezone.now())
    with inside(third.organization_id, member_id=third.pk):
        leave(member=third, now=timezone.now())
    deliver(admin)
    deliver(third)

    assert (written(leader), written(other), written(third)) == ((0, 0, 0), ALL, (0, 0, 0))


def test_whom_a_list_deactivates_leaves_nothing_private_behind():
    admin, _, leader, other = enrolled()
    rows = [(each.name, each.email) for each in (leader, other)]
    applied(admin, people_list(*rows), mode=ImportMode.ROSTER)

    applied(admin, people_list(rows[0]), mode=ImportMode.ROSTER)
    deliver(admin)

    assert participant_of(other).state == "withdrawn"
    assert (written(leader), written(other)) == (ALL, (0, 0, 0))


def test_who_was_declined_and_leaves_is_forgotten_too(client):
    admin, cohort, leader, _ = enrolled()
    act(login(client, admin), admin, cohort, [participant_of(leader)], "decline")

    with inside(admin.organization_id, member_id=admin.pk):
        deactivate(member=leader, actor=admin, now=timezone.now())
    deliver(admin)

    assert participant_of(leader).state == "declined"
    assert written(leader) == (0, 0, 0)


def test_who_enrolls_anew_before_the_worker_comes_keeps_the_new_answers_only():
    admin, cohort, leader, _ = enrolled()
    withdraw(admin, leader)

    aims = {"aims": "Something new.", "challenges": ""}
    login(Client(), leader).post(page_of(leader, cohort, "mentee", "aims"), aims)
    assert written(leader) == (1, 0, 0)
    deliver(admin)

    assert written(leader) == (1, 0, 0)
    assert states(admin) == ["skipped"]


def test_a_worker_that_dies_in_the_middle_has_deleted_nothing_and_the_next_does_all():
    admin, _, leader, other = enrolled()
    for each in (leader, other):
        withdraw(admin, each)
    keys = [participant_of(each).pk for each in (leader, other)]

    with pytest.raises(ZeroDivisionError), within(admin.organization_id), transaction.atomic():
        forget(participant_ids=keys)
        1 / 0  # noqa: B018  (the worker dies)
    assert (written(leader), written(other)) == (ALL, ALL)

    deliver(admin)
    deliver(admin)
    assert (written(leader), written(other)) == ((0, 0, 0), (0, 0, 0))
    assert states(admin) == ["sent", "sent"]


def test_nobody_erases_what_others_wrote():
    admin, _, leader, other = enrolled()

    key = participant_of(leader).pk

    with inside(admin.organization_id, member_id=other.pk):
        erase([key])
    with inside(admin.organization_id):
        erase([key])

    assert written(leader) == ALL
