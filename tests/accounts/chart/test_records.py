"""The record of a person: seen, changed, added by hand; and people who have not joined."""

from typing import Any
from uuid import UUID

import pytest
from django.core import mail

from accounts.enums import Reach, Role
from accounts.models import AuditEvent, Department, Grade, Invitation, Location, Member
from tests.accounts.chart.people import create_tree
from tests.factories import (
    add_address,
    create_listed,
    create_member,
    create_owner,
    inside,
    login,
    reload,
    url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return create_owner(name="Olga Owner", email="olga@example.org")


def events(owner) -> list[tuple[str, str, dict]]:
    with inside(owner.organization):
        rows = AuditEvent.objects.order_by("at", "pk")
        return [(row.action, row.subject_name, row.details) for row in rows]


def record(person, **changes: object) -> dict[str, Any]:
    """What the form would send unchanged, with some changes."""
    return {"name": person.name, "email": person.email, **changes}


def test_a_record_is_changed_and_the_log_keeps_before_and_after(client, owner):
    ada = create_listed(owner.organization, name="Ada", email="ada@example.org")
    with inside(owner.organization):
        department = Department.objects.create(name="Legal")
        location = Location.objects.create(name="Oslo", time_zone="Europe/Oslo")
        grade = Grade.objects.create(name="Associate", rank=1)
    login(client, owner)
    form = record(
        ada,
        job_title="Jurist",
        department=department.pk,
        location=location.pk,
        grade=grade.pk,
        manager="OLGA@example.org",
        languages="English, Deutsch; Français",
        employee_number="0042",
        on_leave="on",
    )

    client.post(url(owner, "person_edit", ada.pk), form)
    client.post(url(owner, "person_edit", ada.pk), form)
    page = client.get(url(owner, "person", ada.pk)).text
    edit = client.get(url(owner, "person_edit", ada.pk)).text

    ada = reload(ada)
    assert (ada.manager_id, ada.languages, ada.on_leave) == (owner.pk, ["en", "de", "fr"], True)
    for text in ("Jurist", "Legal", "Oslo", "Associate", "0042", "On leave", "Europe/Oslo"):
        assert text in page
    assert "English, German, French" in page
    assert 'value="Olga Owner &lt;olga@example.org&gt;"' in edit
    assert events(owner) == [
        (
            "person.changed",
            "Ada",
            {
                "job_title": ["", "Jurist"],
                "employee_number": ["", "0042"],
                "manager": ["", "Olga Owner"],
                "languages": ["", "en, de, fr"],
                "on_leave": [False, True],
                "department": ["", "Legal"],
                "location": ["", "Oslo"],
                "grade": ["", "Associate"],
            },
        )
    ]
    log = client.get(url(owner, "audit_log")).text
    assert "English, German, French" in log
    assert "Olga Owner" in client.get(url(owner, "person", owner.pk)).text


@pytest.mark.parametrize("manager", ["Ada", "Ben", "Dan", "Eve"])
def test_a_manager_who_would_close_a_circle_is_refused(client, owner, manager):
    tree = {"Ada": None, "Ben": "Ada", "Dan": "Ben", "Eve": "Dan", "Flo": None}
    people = create_tree(owner.organization, tree)
    login(client, owner)
    ada = people["Ada"]

    answer = client.post(
        url(owner, "person_edit", ada.pk), record(ada, manager=manager, job_title="Kept")
    )

    assert "The two would stand above each other." in answer.text
    assert 'value="Kept"' in answer.text
    assert reload(ada).manager_id is None
    client.post(url(owner, "person_edit", ada.pk), record(ada, manager="Flo"))
    assert reload(ada).manager_id == people["Flo"].pk


def test_a_manager_is_found_by_number_address_or_name_when_it_is_clear_who(client, owner):
    ada = create_listed(owner.organization, name="Ada")
    twins = [create_listed(owner.organization, name="Kim Lee") for _ in range(2)]
    bo = create_listed(owner.organization, name="Bo", employee_number="7")
    gone = create_listed(owner.organization, name="Gone", deactivated_at=owner.joined_at)
    stranger = create_listed(create_owner().organization, name="Strange")
    login(client, owner)
    address = url(owner, "person_edit", ada.pk)

    def manager_after(text: str) -> UUID | None:
        client.post(address, record(ada, manager=text))
        return reload(ada).manager_id

    assert manager_after("7") == bo.pk
    assert manager_after(f"Whoever <{twins[1].email}>") == twins[1].pk
    assert manager_after("Kim Lee") == twins[1].pk
    assert (
        "Several people are called that"
        in client.post(address, record(ada, manager="kim lee")).text
    )
    for nobody in (gone.email, stranger.email, "Strange", "\x00"):
        assert manager_after(nobody) == twins[1].pk
    assert manager_after("") is None


def test_the_field_suggests_people_of_the_own_organization(client, owner):
    create_listed(owner.organization, name="Anna Weber", email="anna@example.org")
    create_listed(create_owner().organization, name="Anna Fremd")
    login(client, owner)

    found = client.get(url(owner, "chart_suggestions"), {"manager": "web ann"}).text

    assert '<option value="Anna Weber &lt;anna@example.org&gt;">' in found
    assert "Fremd" not in found
    assert "<option" not in client.get(url(owner, "chart_suggestions")).text


def test_addresses_and_numbers_stay_one_per_person(client, owner):
    ada = create_listed(owner.organization, name="Ada")
    create_listed(owner.organization, name="Bo", email="bo@example.org", employee_number="7")
    cyd = create_member(owner.organization, name="Cyd")
    assert cyd.user
    add_address(cyd.user, "private@example.org")
    login(client, owner)
    address = url(owner, "person_edit", ada.pk)

    def refusal(**changes: str) -> str:
        return client.post(address, record(ada, **changes)).text

    assert "Bo has this address already." in refusal(email="BO@example.org")
    assert "Cyd has this address already." in refusal(email="private@example.org")
    assert "Somebody else has this employee number." in refusal(employee_number="7")
    assert "We do not know this language: Klingon." in refusal(languages="English, Klingon")
    assert events(owner) == []


def test_one_person_is_added_by_hand_and_invited_at_once(
    client, owner, django_capture_on_commit_callbacks
):
    login(client, owner)
    form = {"name": "Ida New", "email": "Ida@Example.org", "languages": "german", "invite": "on"}

    with django_capture_on_commit_callbacks():
        page = client.post(url(owner, "person_new"), form, follow=True).text
    again = client.post(url(owner, "person_new"), form).text

    assert "Ida New is on the list." in page
    assert "Not joined yet" in page
    assert "Ida New has this address already." in again
    with inside(owner.organization):
        ida = Member.objects.get(email="ida@example.org")
        assert (ida.user, ida.joined_at, ida.languages) == (None, None, ["de"])
        assert Invitation.objects.get().email == "ida@example.org"
    facts = {"name": "Ida New", "email": "ida@example.org", "languages": "de"}
    assert events(owner)[0] == ("person.added", "Ida New", facts)
    assert events(owner)[1][0] == "invitation.sent"
    assert mail.outbox == []


def test_somebody_listed_is_invited_once_and_by_whom_may_invite(client, owner):
    ada = create_listed(owner.organization, name="Ada", email="ada@example.org")
    login(client, owner)
    address = url(owner, "person_invite", ada.pk)

    first = client.post(address, follow=True).text
    second = client.post(address, follow=True).text
    joined = client.post(url(owner, "person_invite", owner.pk), follow=True).text

    assert "An invitation is on its way to ada@example.org." in first
    assert "Ada has an invitation that is still open." in second
    assert "Olga Owner has joined already." in joined
    with inside(owner.organization):
        assert Invitation.objects.count() == 1


def test_roles_wait_until_somebody_has_joined(client, owner):
    ada = create_listed(owner.organization, name="Ada")
    login(client, owner)

    page = client.get(url(owner, "person", ada.pk)).text
    answer = client.post(
        url(owner, "person_roles", ada.pk), {"roles": ["owner"], "reach": "organization"}
    )

    assert "Save roles" not in page
    assert answer.status_code == 200
    assert reload(ada).roles == []


def test_an_owner_who_never_joined_does_not_count_as_one(client, owner):
    create_listed(owner.organization, roles=[Role.OWNER])
    login(client, owner)

    client.post(url(owner, "membership"))

    assert reload(owner).deactivated_at is None


def test_program_admins_of_the_whole_organization_edit_records_others_do_not(client, owner):
    here = owner.organization
    ada = create_listed(here, name="Ada")
    wide = create_member(here, roles=[Role.PROGRAM_ADMIN])
    narrow = create_member(here, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)

    assert login(client, wide).get(url(owner, "person_edit", ada.pk)).status_code == 200
    assert login(client, narrow).get(url(owner, "person_edit", ada.pk)).status_code == 403
    page = client.get(url(owner, "person", ada.pk)).text
    assert "Edit record" not in page
    assert "Send an invitation" in page


def test_the_list_of_people_tells_states_apart_and_filters_by_place(client, owner):
    here = owner.organization
    with inside(here):
        legal = Department.objects.create(name="Legal")
    people = {
        "active": create_member(here, name="Anna Active", department=legal),
        "listed": create_listed(here, name="Lars Listed"),
        "on_leave": create_member(here, name="Oda Away", on_leave=True),
        "left": create_member(
            here, name="Lea Left", deactivated_at=owner.joined_at, left_at=owner.joined_at
        ),
        "deactivated": create_listed(here, name="Dan Deactivated", deactivated_at=owner.joined_at),
    }
    gone = create_listed(
        here, name="Ole Off", deactivated_at=owner.joined_at, off_roster_at=owner.joined_at
    )
    login(client, owner)
    names = [*(each.name for each in people.values()), gone.name]

    def shown(**filters: str) -> list[str]:
        page = client.get(url(owner, "people"), filters).text
        return [name for name in names if f">{name}</a>" in page]

    assert shown() == names
    assert shown(department=str(legal.pk)) == ["Anna Active"]
    assert {state: shown(state=state) for state in people} == {
        state: [member.name] + (["Ole Off"] if state == "left" else [])
        for state, member in people.items()
    }
    assert {reload(each).state for each in people.values()} == set(people)
    assert reload(gone).state == "left"


def test_whoever_was_off_the_list_and_is_taken_back_by_hand_is_active(client, owner):
    ada = create_listed(
        owner.organization,
        name="Ada",
        deactivated_at=owner.joined_at,
        off_roster_at=owner.joined_at,
    )
    login(client, owner)

    client.post(url(owner, "person_reactivate", ada.pk))

    assert reload(ada).state == "listed"
