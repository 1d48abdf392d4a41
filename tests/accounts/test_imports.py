"""Importing people, as an admin with a spreadsheet does it."""

import pytest

from accounts.enums import ImportState, Reach, Role
from accounts.models import AuditEvent, Department, Grade, ImportLine, Member, PeopleImport
from tests.accounts.lists import (
    HEADINGS,
    applied,
    checked,
    codes,
    facts,
    latest,
    people_list,
    upload,
    work,
)
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


def test_a_list_goes_from_the_file_to_the_people_through_the_pages(client, owner):
    login(client, owner)
    content = people_list(
        ("Anna Weber", "Anna@Example.org", "7", "", "Sales", ""),
        ("Bo Diaz", "bo@example.org", "8", "7", "Sales", ""),
        headings=HEADINGS,
    )

    uploaded = upload(client, owner, content)
    found = latest(owner)
    assert uploaded.url == url(owner, "people_import", found.pk)
    columns = client.get(uploaded.url).text
    assert "What the columns mean" in columns
    assert "Anna@Example.org" in columns
    choice = {f"column_{number}": field for number, field in found.mapping.items()}
    client.post(url(owner, "people_import_columns", found.pk), {**choice, "mode": "changes"})
    assert "Being checked" in client.get(uploaded.url).text
    work(found)
    preview = client.get(uploaded.url).text
    assert "This is what would change" in preview
    assert "Sales" in preview
    assert [len(facts(owner, "pk"))] == [1]

    client.post(url(owner, "people_import_apply", found.pk))
    assert "Waiting to be applied" in client.get(uploaded.url).text
    found = work(found)

    assert "This is what changed" in client.get(uploaded.url).text
    assert facts(
        owner, "name", "email", "employee_number", "manager__name", "department__name"
    ) == [
        ("Anna Weber", "anna@example.org", "7", None, "Sales"),
        ("Bo Diaz", "bo@example.org", "8", "Anna Weber", "Sales"),
        ("Olga Owner", "olga@example.org", "", None, None),
    ]
    with inside(owner.organization_id):
        event = AuditEvent.objects.get(action="people.imported")
        assert (event.actor_id, event.details) == (owner.pk, {"people_new": 2})
        assert Member.objects.exclude(user=None).get().pk == owner.pk


def test_the_same_list_again_changes_nothing(owner):
    content = people_list((*ANNA, "1", "", "Sales", ""), headings=HEADINGS)
    applied(owner, content)
    before = facts(owner, "pk", "imported_at", "name")

    found = applied(owner, content)

    assert found.state == ImportState.APPLIED
    assert {kind: found.totals[kind] for kind in ("new", "changed", "gone", "unchanged")} == {
        "new": 0,
        "changed": 0,
        "gone": 0,
        "unchanged": 1,
    }
    assert facts(owner, "pk", "imported_at", "name") == before


def test_the_preview_shows_what_was_and_what_will_be(client, owner):
    create_listed(owner.organization, name="Ana Weber", email="anna@example.org")
    login(client, owner)
    found = checked(owner, people_list(ANNA, BO))

    changed = client.get(url(owner, "people_import", found.pk), {"kind": "changed"}).text
    new = client.get(url(owner, "people_import", found.pk), {"kind": "new"}).text

    assert "<del>Ana Weber</del>" in changed
    assert "<ins>Anna Weber</ins>" in changed
    assert "Bo Diaz" not in changed
    assert "Bo Diaz" in new


def test_a_list_with_errors_is_not_applied_in_part(client, owner):
    login(client, owner)
    found = checked(owner, people_list(ANNA, ("", "nonsense")))

    page = client.get(url(owner, "people_import", found.pk)).text
    client.post(url(owner, "people_import_apply", found.pk))

    assert codes(found) == [(3, "name", "missing"), (3, "email", "bad_email")]
    assert "“nonsense” is no e-mail address." in page
    assert work(found).state == ImportState.CHECKED
    assert len(facts(owner, "pk")) == 1


def test_the_error_file_has_the_rows_as_they_came_and_what_is_wrong(client, owner):
    login(client, owner)
    content = people_list(("=cmd()", "x"), ANNA, ("@evil", "bo@example.org"))
    found = checked(owner, content)

    response = client.get(url(owner, "people_import_errors", found.pk))
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert response["Content-Disposition"] == 'attachment; filename="people-errors.csv"'
    assert text.splitlines() == [
        "Name,E-mail,Error",
        (
            "'=cmd(),x,Name: This is a formula. Please paste its value instead."
            " E-mail address: “x” is no e-mail address."
        ),
        "Anna Weber,anna@example.org,",
        "'@evil,bo@example.org,",
    ]


@pytest.mark.parametrize("count", [3, 300])
def test_the_pages_cost_the_same_however_long_the_list(
    client, owner, django_assert_num_queries, count
):
    rows = [(f"P {number}", f"p{number}@example.org") for number in range(count)]
    found = checked(owner, people_list(*rows))
    with inside(owner.organization_id):
        PeopleImport.objects.bulk_create(
            PeopleImport(file_name=str(each), uploaded_at=found.uploaded_at, uploaded_by=owner)
            for each in range(count)
        )
    login(client, owner)
    client.get(url(owner, "people_imports"))

    with django_assert_num_queries(11):
        listed = client.get(url(owner, "people_imports"))
    with django_assert_num_queries(12):
        shown = client.get(url(owner, "people_import", found.pk))

    assert listed.text.count('<th scope="row"') == min(count + 1, 25)
    assert shown.text.count('<th scope="row"') == min(count, 25)


@pytest.mark.parametrize(
    ("roles", "reach", "status"),
    [
        ([Role.PROGRAM_ADMIN], Reach.ORGANIZATION, 200),
        ([Role.PROGRAM_ADMIN], Reach.PROGRAMS, 403),
        ([Role.HR_ANALYST], Reach.ORGANIZATION, 403),
        ([], Reach.ORGANIZATION, 403),
    ],
)
def test_only_who_may_import_gets_in(client, owner, roles, reach, status):
    found = checked(owner, people_list(ANNA))
    login(client, create_member(owner.organization, roles=roles, reach=reach))

    for view, *more in (
        ("people_imports",),
        ("people_import_new",),
        ("people_import_sample",),
        ("people_import", found.pk),
        ("people_import_columns", found.pk),
        ("people_import_progress", found.pk),
        ("people_import_errors", found.pk),
    ):
        assert client.get(url(owner, view, *more)).status_code == status
    if status == 403:
        assert client.post(url(owner, "people_import_apply", found.pk)).status_code == 403
        assert client.post(url(owner, "people_import_discard", found.pk)).status_code == 403


def test_the_import_of_another_organization_does_not_exist(client, owner):
    found = checked(owner, people_list(ANNA))
    stranger = create_owner()
    login(client, stranger)

    for view in ("people_import", "people_import_columns", "people_import_errors"):
        assert client.get(url(stranger, view, found.pk)).status_code == 404
    for view in ("people_import_apply", "people_import_discard"):
        assert client.post(url(stranger, view, found.pk)).status_code == 404


def test_a_double_click_applies_once(client, owner):
    login(client, owner)
    found = checked(owner, people_list(ANNA))

    client.post(url(owner, "people_import_apply", found.pk))
    client.post(url(owner, "people_import_apply", found.pk))
    work(found)
    work(found)
    client.post(url(owner, "people_import_apply", found.pk))
    work(found)

    with inside(owner.organization_id):
        assert AuditEvent.objects.filter(action="people.imported").count() == 1
        assert Member.objects.count() == 2


def test_what_changed_since_the_preview_stops_the_list(client, owner):
    login(client, owner)
    found = checked(owner, people_list(ANNA, BO))
    create_listed(owner.organization, name="Another Anna", email="anna@example.org")

    client.post(url(owner, "people_import_apply", found.pk))
    found = work(found)

    assert found.state == ImportState.CHECKED
    assert codes(found)[0] == (0, "", "changed_meanwhile")
    assert (
        "Your people have changed since you looked."
        in client.get(url(owner, "people_import", found.pk)).text
    )
    assert [name for (name,) in facts(owner, "name")] == ["Another Anna", "Olga Owner"]
    client.post(url(owner, "people_import_apply", found.pk))
    assert work(found).state == ImportState.APPLIED
    assert [name for (name,) in facts(owner, "name")] == ["Anna Weber", "Bo Diaz", "Olga Owner"]


def test_columns_are_remembered(client, owner):
    login(client, owner)
    content = people_list(("a@example.org", "Anna", "x"), headings=("Qqq", "Zzz", "Foo"))
    upload(client, owner, content)
    first = latest(owner)
    assert first.mapping == {"0": "", "1": "", "2": ""}
    refused = client.post(url(owner, "people_import_columns", first.pk), {"mode": "changes"})
    assert "No column gives the following" in refused.text

    chosen = {"column_0": "email", "column_1": "name", "column_2": "", "mode": "changes"}
    client.post(url(owner, "people_import_columns", first.pk), chosen)
    upload(client, owner, content)

    assert latest(owner).mapping == {"0": "email", "1": "name", "2": ""}


def test_no_fact_comes_from_two_columns(client, owner):
    login(client, owner)
    upload(client, owner, people_list(ANNA))
    found = latest(owner)

    refused = client.post(
        url(owner, "people_import_columns", found.pk),
        {"column_0": "email", "column_1": "email", "mode": "changes"},
    )

    assert "Another column gives this already." in refused.text
    assert reload(found).state == ImportState.UPLOADED


def test_a_list_is_discarded(client, owner):
    login(client, owner)
    found = checked(owner, people_list(ANNA))

    client.post(url(owner, "people_import_discard", found.pk))
    client.post(url(owner, "people_import_apply", found.pk))

    assert work(found).state == ImportState.DISCARDED
    assert len(facts(owner, "pk")) == 1


def test_the_sample_list_is_understood_and_has_no_errors(client, owner):
    login(client, owner)
    sample = client.get(url(owner, "people_import_sample")).content

    found = applied(owner, sample, creates_grades=True)

    assert codes(found) == []
    assert found.totals["new"] == 3
    with inside(owner.organization_id):
        grades = Grade.objects.from_junior_to_senior().values_list("name", "rank")
        assert list(grades) == [("Executive", 1), ("Lead", 2), ("Junior", 3)]
        assert Department.objects.count() == 2
        assert ImportLine.objects.count() == 3


def test_progress_is_shown_until_the_work_is_done(client, owner):
    login(client, owner)
    upload(client, owner, people_list(ANNA))
    found = latest(owner)
    choice = {"column_0": "name", "column_1": "email", "mode": "changes"}
    client.post(url(owner, "people_import_columns", found.pk), choice)
    headers = {"HX-Request": "true"}
    address = url(owner, "people_import_progress", found.pk)

    assert "<progress" in client.get(address, headers=headers).text
    work(found)
    assert client.get(address, headers=headers)["HX-Refresh"] == "true"
