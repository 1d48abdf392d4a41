"""An organization is never without an owner."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts.enums import Reach, Role
from accounts.models import Member
from accounts.operations import members
from tests.factories import create_member, create_owner, inside, login, reload, url

REFUSAL = "Nobody else is an owner. Make somebody else owner first."


@pytest.mark.django_db
def test_the_last_owner_is_not_demoted(client):
    owner = create_owner()
    create_member(owner.organization, roles=[Role.PROGRAM_ADMIN])
    login(client, owner)

    answers = {"roles": ["program_admin"], "reach": "organization"}
    response = client.post(url(owner, "person_roles", owner.pk), answers)

    assert REFUSAL in response.text
    assert reload(owner).roles == [Role.OWNER]


@pytest.mark.django_db
def test_the_last_owner_is_not_deactivated(client):
    owner = create_owner()
    login(client, owner)

    response = client.post(url(owner, "person_deactivate", owner.pk), follow=True)

    assert REFUSAL in response.text
    assert reload(owner).deactivated_at is None


@pytest.mark.django_db
def test_the_last_owner_cannot_leave(client):
    owner = create_owner()
    create_member(owner.organization)
    login(client, owner)

    response = client.post(url(owner, "membership"))

    assert "You are the only owner" in response.text
    assert reload(owner).deactivated_at is None


@pytest.mark.django_db
def test_an_owner_who_was_deactivated_does_not_count(client):
    owner = create_owner()
    create_owner(owner.organization, deactivated_at=timezone.now())
    login(client, owner)

    assert "You are the only owner" in client.post(url(owner, "membership")).text


@pytest.mark.django_db
def test_owners_of_other_organizations_do_not_count(client):
    owner = create_owner()
    create_owner()
    login(client, owner)

    assert "You are the only owner" in client.post(url(owner, "membership")).text


@pytest.mark.django_db
def test_one_of_two_owners_may_go(client):
    owner = create_owner()
    create_owner(owner.organization)
    login(client, owner)

    assert client.post(url(owner, "membership")).url == "/home/"


def demote(member: Member, actor: Member) -> Member:
    return members.change_roles(
        member=member, roles=[], reach=Reach.ORGANIZATION, actor=actor, now=timezone.now()
    )


def deactivate(member: Member, actor: Member) -> Member:
    return members.deactivate(member=member, actor=actor, now=timezone.now())


def leave(member: Member, actor: Member) -> Member:
    return members.leave(member=actor, now=timezone.now())


@pytest.mark.parametrize("act", [demote, deactivate, leave])
def test_two_owners_who_remove_each_other_at_once_leave_one(
    committed_db, act: Callable[[Member, Member], Member]
):
    one = create_owner()
    other = create_owner(one.organization)
    both_inside = Barrier(2)

    def remove(member: Member, actor: Member) -> str:
        try:
            with inside(actor.organization_id, member_id=actor.pk):
                assert Member.objects.active().with_role(Role.OWNER).count() == 2
                both_inside.wait(timeout=10)
                act(member, actor)
        except members.LastOwner:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as threads:
        outcomes = [threads.submit(remove, one, other), threads.submit(remove, other, one)]
        assert sorted(outcome.result() for outcome in outcomes) == ["done", "refused"]

    with inside(one.organization_id):
        assert Member.objects.active().with_role(Role.OWNER).count() == 1
