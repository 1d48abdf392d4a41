"""Lists that name everybody, whom they concern, and who stays whatever a list says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import jobs
from accounts.enums import ImportMode, ImportState, Role
from accounts.importing.ends import FILE_LIFETIME, LIFETIME, PATIENCE, end
from accounts.models import Grade, ImportFile, ImportLine, Member, PeopleImport
from accounts.operations import members
from accounts.signals import leaves_over, members_gone, people_changed
from mentoring.tenancy.scope import within
from tests.accounts.lists import applied, checked, codes, people_list
from tests.factories import (
    create_listed,
    create_member,
    create_organization,
    create_owner,
    inside,
    login,
    reload,
    url,
)

pytestmark = pytest.mark.django_db(databases=["default", "cache", "system"])
ANNA = ("Anna Weber", "anna@example.org")
BO = ("Bo Diaz", "bo@example.org")


@pytest.fixture
def owner():
    return create_owner(
        create_organization(slug="acme"), name="Olga Owner", email="olga@example.org"
    )


@pytest.fixture
def news():
    """What others are told: who is gone, and that people changed."""
    told = []

    def gone(members, **_):
        told.append(sorted(member.name for member in members))

    def changed(**_):
        told.append("changed")

    members_gone.connect(gone)
    people_changed.connect(changed)
    yield told
    members_gone.disconnect(gone)
    people_changed.disconnect(changed)


def roster(owner, *rows, **options):
    return applied(owner, people_list(*rows), mode=ImportMode.ROSTER, **options)


def test_who_is_missing_goes_and_comes_back_with_the_next_list(owner, news):
    applied(owner, people_list(ANNA, BO))
    with inside(owner.organization_id):
        bo = Member.objects.get(name="Bo Diaz")

    roster(owner, ANNA)
    away = reload(bo)
    roster(owner, ANNA, BO)
    back = reload(bo)

    assert (away.deactivated_at, away.left_at) == (away.off_roster_at, None)
    assert away.deactivated_at is not None
    assert (back.deactivated_at, back.off_roster_at) == (None, None)
    assert news == ["changed", ["Bo Diaz"], "changed", "changed"]


def test_who_is_on_leave_no_more_is_told_about_once(owner):
    told = []

    def back(members, **_):
        told.append(members)

    leaves_over.connect(back)
    headings = ("Name", "E-mail", "On leave")
    for anna, bo in (("yes", "no"), ("no", "no"), ("no", "no")):
        applied(owner, people_list((*ANNA, anna), (*BO, bo), headings=headings))
    leaves_over.disconnect(back)
    with inside(owner.organization_id):
        assert told == [[Member.objects.get(name=ANNA[0]).pk]]


def test_a_list_of_changes_deactivates_nobody(owner):
    applied(owner, people_list(ANNA, BO))
    found = applied(owner, people_list(ANNA))
    assert found.totals["gone"] == 0


def test_owners_and_who_hands_in_the_list_stay(owner):
    admin = create_member(owner.organization, name="Ada Admin", roles=[Role.PROGRAM_ADMIN])
    create_member(owner.organization, name="Paul Plain")

    found = roster(owner, ANNA, actor=admin)

    assert [code for _, _, code in codes(found)] == ["kept_owner", "kept_self"] or [
        code for _, _, code in codes(found)
    ] == ["kept_self", "kept_owner"]
    assert (reload(owner).deactivated_at, reload(admin).deactivated_at) == (None, None)
    assert found.totals["gone"] == 1


def test_who_left_or_was_deactivated_by_hand_is_not_brought_back(owner):
    left = create_member(owner.organization, name="Lea Left", email="lea@example.org")
    out = create_member(owner.organization, name="Otto Out", email="otto@example.org")
    with inside(owner.organization_id):
        members.leave(member=left, now=timezone.now())
        members.deactivate(member=out, actor=owner, now=timezone.now())

    found = roster(owner, ("Lea New", "lea@example.org"), ("Otto New", "otto@example.org"))

    assert [(row, code) for row, _, code in codes(found)][-2:] == [
        (2, "has_left"),
        (3, "stays_out"),
    ]
    assert (reload(left).name, reload(out).name) == ("Lea Left", "Otto Out")
    assert reload(left).deactivated_at
    assert reload(out).deactivated_at


def test_leaving_and_being_deactivated_is_news(owner, news):
    left = create_member(owner.organization, name="Lea Left")
    out = create_member(owner.organization, name="Otto Out")
    with inside(owner.organization_id):
        members.leave(member=left, now=timezone.now())
        members.deactivate(member=out, actor=owner, now=timezone.now())
        members.deactivate(member=out, actor=owner, now=timezone.now())
    assert news == [["Lea Left"], ["Otto Out"]]


def test_losing_more_than_a_fifth_has_to_be_confirmed(client, owner):
    applied(owner, people_list(ANNA, BO))
    login(client, owner)
    found = checked(owner, people_list(ANNA), mode=ImportMode.ROSTER)
    page = url(owner, "people_import", found.pk)

    assert "1 of 3 people would be deactivated" in client.get(page).text
    refused = client.post(url(owner, "people_import_apply", found.pk), follow=True)
    assert "Please tick" in refused.text
    assert reload(found).state == ImportState.CHECKED
    client.post(url(owner, "people_import_apply", found.pk), {"confirmed": "on"})
    assert reload(found).state == ImportState.QUEUED


@pytest.mark.parametrize(("gone", "needs"), [(1, False), (2, True)])
def test_a_fifth_exactly_needs_no_confirmation(client, owner, gone, needs):
    people = [(f"P {number}", f"p{number}@example.org") for number in range(4)]
    applied(owner, people_list(*people))
    login(client, owner)
    found = checked(owner, people_list(*people[gone:]), mode=ImportMode.ROSTER)
    assert ('name="confirmed"' in client.get(url(owner, "people_import", found.pk)).text) == needs


def test_grades_are_created_only_when_asked_for_and_above_the_others(owner):
    with inside(owner.organization_id):
        Grade.objects.create(name="Junior", rank=4)
    rows = [(*ANNA, "Boss"), (*BO, "junior"), ("Cyd", "cyd@example.org", "Lead")]
    content = people_list(*rows, headings=("Name", "E-mail", "Grade"))

    refused = checked(owner, content)
    found = applied(owner, content, creates_grades=True)

    assert [(row, code) for row, _, code in codes(refused)] == [
        (2, "unknown_grade"),
        (4, "unknown_grade"),
    ]
    assert found.totals["grades"] == ["Boss", "Lead"]
    with inside(owner.organization_id):
        assert list(Grade.objects.from_junior_to_senior().values_list("name", "rank")) == [
            ("Junior", 4),
            ("Boss", 5),
            ("Lead", 6),
        ]


def test_the_list_wins_over_the_name_and_never_touches_the_account(owner):
    joined = create_member(owner.organization, name="Ana Weber", email="ana@example.org")
    with inside(owner.organization_id):
        Member.objects.filter(pk=joined.pk).update(employee_number="7")
    headings = ("Name", "E-mail", "Employee number")

    applied(owner, people_list((*ANNA, "7"), headings=headings))

    now = reload(joined)
    assert (now.name, now.email) == ANNA
    assert (now.user.name, now.user.email) == ("Ana Weber", "ana@example.org")


def test_people_exchange_addresses_in_the_database_too(owner):
    headings = ("Name", "E-mail", "Employee number")
    applied(owner, people_list((*ANNA, "1"), (*BO, "2"), headings=headings))
    found = applied(
        owner,
        people_list(("Anna Weber", BO[1], "1"), ("Bo Diaz", ANNA[1], "2"), headings=headings),
    )
    assert found.state == ImportState.APPLIED
    with inside(owner.organization_id):
        emails = dict(Member.objects.values_list("name", "email"))
    assert (emails["Anna Weber"], emails["Bo Diaz"]) == (BO[1], ANNA[1])


def test_conflicts_with_known_people_are_told(owner):
    create_listed(owner.organization, name="Eve", email="eve@example.org", employee_number="9")
    headings = ("Name", "E-mail", "Employee number", "Manager")
    found = checked(
        owner,
        people_list(
            ("Eve Other", "eve@example.org", "10", ""),
            ("Anna", "anna@example.org", "11", "nobody@example.org"),
            ("Bo", "bo@example.org", "11", "12"),
            ("Cyd", "cyd@example.org", "12", "12"),
            headings=headings,
        ),
    )
    assert codes(found) == [
        (2, "email", "number_conflict"),
        (3, "employee_number", "duplicate_number"),
        (3, "manager", "unknown_manager"),
        (4, "employee_number", "duplicate_number"),
        (5, "manager", "own_manager"),
    ]


def test_a_circle_through_somebody_who_is_not_on_the_list_is_found(owner):
    boss = create_listed(owner.organization, name="Boss", email="boss@example.org")
    anna = create_listed(
        owner.organization, name="Anna", email="anna@example.org", manager_id=boss.pk
    )
    with inside(owner.organization_id):
        Member.objects.filter(pk=boss.pk).update(manager=None)
    headings = ("Name", "E-mail", "Manager")
    found = checked(owner, people_list(("Boss", "boss@example.org", anna.email), headings=headings))
    assert codes(found) == [(2, "manager", "cycle")]


def rows_of(found) -> tuple[int, int, int]:
    """How much is kept of an import: itself, pieces of its file, lines."""
    with inside(found.organization_id):
        return (
            PeopleImport.objects.filter(pk=found.pk).count(),
            ImportFile.objects.filter(people_import=found).count(),
            ImportLine.objects.filter(people_import=found).count(),
        )


def test_the_file_of_a_list_goes_once_it_is_applied_or_discarded(client, owner):
    done = applied(owner, people_list(ANNA))
    dropped = checked(owner, people_list(BO))
    assert rows_of(dropped) == (1, 1, 1)

    login(client, owner).post(url(owner, "people_import_discard", dropped.pk))

    assert (rows_of(done), rows_of(dropped)) == ((1, 0, 1), (1, 0, 1))
    assert (done.samples, reload(dropped).samples) == ([], [])


def test_the_file_of_a_list_that_failed_is_kept_for_a_week(owner):
    found = checked(owner, people_list(ANNA))
    with inside(owner.organization_id):
        end(found, ImportState.FAILED, now=timezone.now())
        found.save()
    assert rows_of(found) == (1, 1, 1)

    with within(owner.organization_id):
        jobs.look(import_id=found.pk, clock=lambda: timezone.now() + FILE_LIFETIME)

    assert rows_of(found) == (1, 0, 0)
    assert reload(found).samples == []


def test_lists_are_forgotten_in_time(owner):
    found = applied(owner, people_list(ANNA))
    waiting = checked(owner, people_list(BO))

    def look(later: timedelta) -> None:
        then = timezone.now() + later
        with within(owner.organization_id):
            for each in (found, waiting):
                jobs.look(import_id=each.pk, clock=lambda: then)

    look(FILE_LIFETIME - timedelta(hours=1))
    assert rows_of(found) == (1, 0, 1)
    look(FILE_LIFETIME)
    assert rows_of(found) == (1, 0, 0)
    look(PATIENCE + timedelta(minutes=1))
    assert reload(waiting).state == ImportState.DISCARDED
    assert rows_of(waiting) == (1, 0, 1)
    look(LIFETIME + timedelta(minutes=1))
    assert rows_of(found) == (0, 0, 0)
    with inside(owner.organization_id):
        assert Member.objects.count() == 2
