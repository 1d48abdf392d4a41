"""Naming the programs that a program admin is responsible for."""

import pytest

from accounts.enums import Reach, Role
from accounts.models import AuditEvent, Member
from programs.models import Program, ProgramReach
from tests.factories import create_member, create_owner, inside, login, url

pytestmark = pytest.mark.django_db


def create_program(owner: Member, name: str) -> Program:
    with inside(owner.organization_id):
        return Program.objects.create(name=name)


def create_admin(owner: Member, **fields) -> Member:
    return create_member(
        owner.organization, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS, **fields
    )


def reached_by(admin: Member) -> list[str]:
    with inside(admin.organization_id):
        reaches = ProgramReach.objects.filter(member=admin).order_by("program__name")
        return list(reaches.values_list("program__name", flat=True))


def test_an_owner_names_programs_and_takes_them_back(client):
    owner = create_owner()
    alpha, beta, gamma = (create_program(owner, name) for name in ("Alpha", "Beta", "Gamma"))
    admin = create_admin(owner, name="Bo Diaz")
    login(client, owner)
    address = url(owner, "program_reach", admin.pk)

    response = client.post(address, {"programs": [alpha.pk, beta.pk]}, follow=True)
    assert response.redirect_chain == [(url(owner, "person", admin.pk), 302)]
    assert reached_by(admin) == ["Alpha", "Beta"]

    client.post(address, {"programs": [beta.pk, gamma.pk]})
    assert reached_by(admin) == ["Beta", "Gamma"]

    client.post(address, {})
    assert reached_by(admin) == []
    with inside(owner.organization_id):
        events = list(AuditEvent.objects.order_by("at", "pk").values_list("details", flat=True))
    assert events == [
        {"programs": ["", "Alpha, Beta"]},
        {"programs": ["Alpha, Beta", "Beta, Gamma"]},
        {"programs": ["Beta, Gamma", ""]},
    ]


def test_naming_the_same_programs_is_no_event(client):
    owner = create_owner()
    alpha, admin = create_program(owner, "Alpha"), create_admin(owner)
    login(client, owner)

    for _ in range(2):
        client.post(url(owner, "program_reach", admin.pk), {"programs": [alpha.pk]})

    with inside(owner.organization_id):
        assert AuditEvent.objects.count() == 1


def test_programs_of_other_organizations_cannot_be_named(client):
    owner = create_owner()
    foreign = create_program(create_owner(), "Foreign")
    create_program(owner, "Own")
    admin = create_admin(owner)
    login(client, owner)

    response = client.post(url(owner, "program_reach", admin.pk), {"programs": [foreign.pk]})

    assert "is not one of the available choices" in response.text
    assert reached_by(admin) == []


@pytest.mark.parametrize("roles", [[], [Role.OWNER], [Role.PROGRAM_ADMIN]])
def test_only_narrowed_program_admins_have_programs_of_their_own(client, roles: list[Role]):
    owner = create_owner()
    member = create_member(owner.organization, roles=roles)
    login(client, owner)

    assert client.get(url(owner, "program_reach", member.pk)).status_code == 404
    assert (
        url(owner, "program_reach", member.pk)
        not in client.get(url(owner, "person", member.pk)).text
    )


def test_the_page_of_a_person_shows_them_as_a_part_or_behind_a_link(client):
    owner = create_owner()
    create_program(owner, "Alpha & Beta")
    admin = create_admin(owner)
    login(client, owner)
    address = url(owner, "program_reach", admin.pk)

    person = client.get(url(owner, "person", admin.pk)).text
    part = client.get(address, headers={"HX-Request": "true"}).text

    assert f'hx-get="{address}"' in person
    assert f'<a href="{address}">' in person
    assert "Alpha &amp; Beta" in part
    assert "<html" not in part
    assert "<html" in client.get(address).text


def test_without_a_program_there_is_a_way_to_one(client):
    owner = create_owner()
    admin = create_admin(owner)
    login(client, owner)

    page = client.get(url(owner, "program_reach", admin.pk)).text

    assert "There is no program yet." in page
    assert url(owner, "program_new") in page


def test_a_program_admin_cannot_widen_the_own_reach(client):
    owner = create_owner()
    alpha, admin = create_program(owner, "Alpha"), create_admin(owner)
    login(client, admin)

    response = client.post(url(owner, "program_reach", admin.pk), {"programs": [alpha.pk]})

    assert response.status_code == 403
    assert reached_by(admin) == []
