"""The people page, and what owners can change about people."""

from datetime import UTC, datetime

import pytest

from accounts.enums import Reach, Role
from accounts.models import AuditEvent, Member, User
from tests.factories import (
    create_member,
    create_organization,
    create_owner,
    inside,
    login,
    reload,
    url,
)

pytestmark = pytest.mark.django_db
LAST_WEEK = datetime(2026, 11, 16, tzinfo=UTC)


def events_of(member) -> list[tuple[str, str, dict[str, object]]]:
    with inside(member.organization_id):
        rows = AuditEvent.objects.order_by("at", "pk")
        return [(row.action, row.subject_name, row.details) for row in rows]


@pytest.mark.parametrize("count", [3, 300])
def test_the_people_page_costs_the_same_however_many(client, django_assert_num_queries, count):
    owner = create_owner()
    numbers = range(count - 1)
    users = User.objects.bulk_create(
        User(email=f"p{number}@example.com", name=f"P {number}") for number in numbers
    )
    with inside(owner.organization_id):
        Member.objects.bulk_create(
            Member(user=user, name=user.name, email=user.email) for user in users
        )
    login(client, owner)
    client.get(url(owner, "people"))

    with django_assert_num_queries(14):
        response = client.get(url(owner, "people"))

    assert response.text.count('<th scope="row"') == min(count, 25)


def test_people_are_found_by_any_word_of_name_or_address(client):
    owner = create_owner(name="Ada Owner", email="ada@example.org")
    create_member(owner.organization, name="Séan O'Casey", email="sean@example.com")
    create_member(owner.organization, name="Sean Penn", email="penn@example.org")
    login(client, owner)

    found = client.get(url(owner, "people"), {"q": "o'casey sean@"}).text

    assert "Séan O&#x27;Casey" in found
    assert "Sean Penn" not in found


def test_people_are_sorted_by_name_capitals_aside(client):
    owner = create_owner(name="bea")
    for name in ("Cyd", "ada", "Dan"):
        create_member(owner.organization, name=name)
    login(client, owner)

    def order(**sort: str) -> list[str]:
        page = client.get(url(owner, "people"), sort).text
        names = ["ada", "bea", "Cyd", "Dan"]
        return sorted(names, key=lambda name: page.index(f">{name}</a>"))

    assert order() == ["ada", "bea", "Cyd", "Dan"]
    assert order(sort="-name") == ["Dan", "Cyd", "bea", "ada"]
    assert order(sort="nonsense") == order()


def test_people_are_filtered_by_role_and_state(client):
    owner = create_owner(name="Ada Owner")
    here = owner.organization
    create_member(here, name="Hanna Analyst", roles=[Role.HR_ANALYST])
    create_member(here, name="Paul Plain")
    create_member(here, name="Gregor Gone", deactivated_at=LAST_WEEK)
    login(client, owner)
    names = ["Ada Owner", "Hanna Analyst", "Paul Plain", "Gregor Gone"]

    def shown(**filters: str) -> list[str]:
        page = client.get(url(owner, "people"), filters).text
        return [name for name in names if f">{name}</a>" in page]

    assert shown() == names
    assert shown(role="hr_analyst") == ["Hanna Analyst"]
    assert shown(role="none") == ["Paul Plain", "Gregor Gone"]
    assert shown(state="deactivated") == ["Gregor Gone"]
    assert shown(role="none", state="active") == ["Paul Plain"]
    assert shown(role="nonsense") == names


def test_the_list_alone_answers_htmx(client):
    owner = create_owner()
    login(client, owner)

    part = client.get(url(owner, "people"), headers={"HX-Request": "true"}).text

    assert part.strip().startswith('<section class="table-region" id="people"')
    assert "<html" not in part


def test_an_owner_changes_roles_and_the_log_says_so(client):
    owner = create_owner()
    member = create_member(owner.organization, name="Bo Diaz")
    login(client, owner)

    response = client.post(
        url(owner, "person_roles", member.pk),
        {"roles": ["hr_analyst", "program_admin"], "reach": "programs"},
        follow=True,
    )

    assert response.redirect_chain == [(url(owner, "person", member.pk), 302)]
    assert "The roles are saved." in response.text
    changed = reload(member)
    assert changed.roles == [Role.PROGRAM_ADMIN, Role.HR_ANALYST]
    assert changed.reach == Reach.PROGRAMS
    assert events_of(owner) == [
        (
            "roles.changed",
            "Bo Diaz",
            {
                "roles": [[], ["program_admin", "hr_analyst"]],
                "reach": ["organization", "programs"],
            },
        )
    ]


def test_saving_the_same_roles_is_no_event(client):
    owner = create_owner()
    login(client, owner)

    client.post(url(owner, "person_roles", owner.pk), {"roles": ["owner"], "reach": "organization"})

    assert events_of(owner) == []


def test_a_narrow_reach_goes_with_the_role_of_program_admin(client):
    owner = create_owner()
    admin = create_member(owner.organization, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)
    login(client, owner)

    client.post(url(owner, "person_roles", admin.pk), {"roles": [], "reach": "programs"})

    assert reload(admin).reach == Reach.ORGANIZATION


def test_an_unknown_role_is_refused(client):
    owner = create_owner()
    member = create_member(owner.organization)
    login(client, owner)

    answers = {"roles": ["emperor"], "reach": "organization"}
    response = client.post(url(owner, "person_roles", member.pk), answers)

    assert "emperor is not one of the available choices" in response.text
    assert reload(member).roles == []


def test_a_program_admin_sees_people_but_changes_nobody(client):
    admin = create_member(roles=[Role.PROGRAM_ADMIN])
    member = create_member(admin.organization)
    login(client, admin)

    page = client.get(url(admin, "person", member.pk)).text

    assert member.user.email in page
    assert "Save roles" not in page
    assert "Deactivate" not in page
    assert client.post(url(admin, "person_deactivate", member.pk)).status_code == 403
    assert client.post(url(admin, "person_roles", member.pk)).status_code == 403


def test_deactivating_ends_access_at_once_and_reactivating_gives_it_back(client):
    owner = create_owner()
    member = create_member(owner.organization, name="Bo Diaz", roles=[Role.HR_ANALYST])
    theirs = login(type(client)(), member)
    login(client, owner)
    assert theirs.get(url(owner, "organization")).status_code == 200

    client.post(url(owner, "person_deactivate", member.pk))

    assert theirs.get(url(owner, "organization")).status_code == 404
    assert "Reactivate" in client.get(url(owner, "person", member.pk)).text

    client.post(url(owner, "person_reactivate", member.pk))

    assert theirs.get(url(owner, "organization")).status_code == 200
    assert reload(member).roles == [Role.HR_ANALYST]
    assert [action for action, _name, _details in events_of(owner)] == [
        "member.deactivated",
        "member.reactivated",
    ]


def test_deactivating_twice_is_deactivating_once(client):
    owner = create_owner()
    member = create_member(owner.organization)
    login(client, owner)

    client.post(url(owner, "person_deactivate", member.pk))
    at = reload(member).deactivated_at
    client.post(url(owner, "person_deactivate", member.pk))

    assert reload(member).deactivated_at == at
    assert len(events_of(owner)) == 1


def test_a_member_leaves_and_only_an_invitation_leads_back(client):
    owner = create_owner()
    member = create_member(owner.organization, name="Bo Diaz")
    theirs = login(type(client)(), member)

    response = theirs.post(url(member, "membership"), follow=True)

    assert f"You have left {owner.organization.name}." in response.text
    assert theirs.get(url(member, "organization")).status_code == 404

    login(client, owner)
    page = client.post(url(owner, "person_reactivate", member.pk), follow=True).text

    assert "Bo Diaz has left. Please send an invitation." in page
    assert reload(member).deactivated_at is not None
    assert [action for action, _name, _details in events_of(owner)] == ["member.left"]


def test_names_are_shown_as_they_were_typed(client):
    owner = create_owner(create_organization("Müller & <Söhne>"))
    nasty = "Zoë \"Z\" <script>alert('1')</script> " + "x" * 90
    member = create_member(owner.organization, name=nasty)
    login(client, owner)

    page = client.get(url(owner, "person", member.pk)).text

    assert "<script>alert" not in page
    assert "Zoë &quot;Z&quot; &lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;" in page
    assert "&amp;lt;" not in page
    assert "&amp;amp;" not in page
