"""People on a list before they join: the place is kept for them, with the organization's name."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.enums import Reach, Role
from accounts.models import Department, Grade, Member
from accounts.operations.invitations import accept, invite
from accounts.tokens import invitation_token
from tests.factories import (
    create_invitation,
    create_listed,
    create_member,
    create_organization,
    create_owner,
    create_user,
    inside,
    login,
    reload,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_accepting_fills_the_place_that_the_list_has_kept():
    owner = create_owner()
    here = owner.organization
    with inside(here):
        legal, grade = Department.objects.create(name="Legal"), Grade.objects.create(rank=1)
    kept = {"department": legal, "grade": grade, "manager": owner, "employee_number": "42"}
    listed = create_listed(here, name="Weber, Anna", email="anna@example.org", **kept)
    user = create_user("Anni", email="anna@example.org")
    invitation = create_invitation(owner, email="anna@example.org", invited_at=NOW)
    token = invitation_token(invitation)

    member = accept(organization_id=here.pk, token=token, user=user, now=NOW)

    assert member.pk == listed.pk
    joined = reload(listed)
    assert (joined.user_id, joined.name, joined.joined_at) == (user.pk, "Weber, Anna", NOW)
    assert (joined.department_id, joined.grade_id) == (legal.pk, grade.pk)
    assert (joined.manager_id, joined.employee_number) == (owner.pk, "42")
    with inside(here):
        assert Member.objects.filter(user=user).count() == 1
        assert Member.objects.count() == 2


@pytest.mark.django_db
def test_a_place_is_found_in_whatever_capitals_the_list_has_the_address():
    owner = create_owner()
    listed = create_listed(owner.organization, email="Anna@Example.org")
    user = create_user(email="anna@example.org")
    invitation = create_invitation(owner, email="anna@example.org", invited_at=NOW)
    token = invitation_token(invitation)

    member = accept(organization_id=owner.organization_id, token=token, user=user, now=NOW)

    assert member.pk == listed.pk


@pytest.mark.django_db
def test_somebody_on_the_list_can_be_invited():
    owner = create_owner()
    listed = create_listed(owner.organization)

    with inside(owner.organization):
        sent = invite(
            emails=[listed.email],
            roles=[Role.HR_ANALYST],
            reach=Reach.ORGANIZATION,
            actor=owner,
            now=NOW,
        )

    assert [each.email for each in sent] == [listed.email]


def rename(client, user, name: str) -> None:
    login(client, user)
    form = {"name": name, "language": "en", "time_zone": "UTC"}
    assert client.post(reverse("account"), form).status_code == 302


@pytest.mark.django_db
def test_a_new_name_reaches_the_organizations_that_knew_the_old_one(client):
    user = create_user("Anna Alt")
    same = create_member(create_organization(), user=user)
    other_name = create_member(create_organization(), user=user)
    namesake = create_listed(create_organization(), name="Anna Alt")
    colleague = create_listed(same.organization, name="Anna Alt")
    with inside(other_name.organization):
        Member.objects.filter(pk=other_name.pk).update(name="Dr. Alt")

    rename(client, user, "Anna Neu")

    assert reload(same).name == "Anna Neu"
    assert reload(other_name).name == "Dr. Alt"
    assert reload(namesake).name == "Anna Alt"
    assert reload(colleague).name == "Anna Alt"
