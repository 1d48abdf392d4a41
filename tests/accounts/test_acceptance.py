"""The link of an invitation: who may use it, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Reach, Role
from accounts.models import AuditEvent, Invitation, Member, User
from accounts.operations import invitations as operations
from accounts.tokens import invitation_token
from mentoring.lib.ids import uuid7
from tests.factories import (
    add_address,
    create_invitation,
    create_member,
    create_organization,
    create_owner,
    create_user,
    inside,
    login,
    reload,
    url,
)

GUEST = "guest@example.org"


def link(invitation: Invitation) -> str:
    return reverse("invitation", args=[invitation.organization_id, invitation_token(invitation)])


def membership(invitation: Invitation, user: User) -> Member | None:
    with inside(invitation.organization_id):
        return Member.objects.filter(user=user).first()


@pytest.mark.django_db
def test_the_page_says_who_invites_to_what(client):
    owner = create_owner(create_organization("Müller & Söhne"), name="Ada O'Neil")
    invitation = create_invitation(owner, email=GUEST, roles=[Role.HR_ANALYST])

    page = client.get(link(invitation)).text

    for shown in ("Müller &amp; Söhne", "Ada O&#x27;Neil invites you", GUEST, "HR analyst"):
        assert shown in page


@pytest.mark.django_db
def test_who_is_signed_out_signs_up_or_in_and_comes_back(client):
    address = link(create_invitation(create_owner(), email="guest+1@example.org"))

    page = client.get(address).text

    quoted = address.replace("/", "%2F")
    sign_up = f"{reverse('account_signup')}?email=guest%2B1%40example.org&amp;next={quoted}"
    assert sign_up in page
    assert f"{reverse('account_login')}?next={quoted}" in page
    assert client.post(address).url == f"{reverse('account_login')}?next={address}"


@pytest.mark.django_db(databases=["default", "cache"])
def test_the_link_survives_signing_in(client):
    user = create_user(email=GUEST, password="a long road to the sea")
    invitation = create_invitation(create_owner(), email=GUEST)

    response = client.post(
        reverse("account_login"),
        {"login": GUEST, "password": "a long road to the sea", "next": link(invitation)},
        follow=True,
    )

    assert "Accept the invitation" in response.text
    assert membership(invitation, user) is None


@pytest.mark.django_db
def test_accepting_makes_a_member_with_the_invited_roles(client):
    user = create_user("Gus Guest", email=GUEST)
    invitation = create_invitation(
        create_owner(), email=GUEST, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS
    )
    login(client, user)

    response = client.post(link(invitation), follow=True)

    assert f"Welcome to {invitation.organization.name}." in response.text
    member = membership(invitation, user)
    assert (member.roles, member.reach) == ([Role.PROGRAM_ADMIN], Reach.PROGRAMS)
    accepted = reload(invitation)
    assert accepted.accepted_by_id == member.pk
    with inside(member.organization_id):
        event = AuditEvent.objects.get()
    assert (event.action, event.actor_id, event.actor_name) == (
        "member.joined",
        member.pk,
        "Gus Guest",
    )


@pytest.mark.django_db
def test_opening_the_link_changes_nothing(client):
    user = create_user(email=GUEST)
    invitation = create_invitation(create_owner(), email=GUEST)
    login(client, user)

    assert client.get(link(invitation)).status_code == 200
    assert client.head(link(invitation)).status_code == 200

    assert membership(invitation, user) is None


@pytest.mark.django_db
def test_the_page_is_not_kept_by_browsers_or_proxies(client):
    response = client.get(link(create_invitation(create_owner())))

    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_another_account_is_told_how_to_go_on(client):
    other = create_user(email="other@example.org")
    invitation = create_invitation(create_owner(), email=GUEST)
    login(client, other)

    for response in (client.get(link(invitation)), client.post(link(invitation))):
        assert "You are signed in as other@example.org." in response.text
        assert "Sign out and use the other address" in response.text
        assert f'name="next" value="{link(invitation)}"' in response.text
    assert membership(invitation, other) is None


@pytest.mark.django_db
def test_an_address_must_be_proved_first(client):
    user = create_user(email="me@example.org")
    address = add_address(user, GUEST, verified=False)
    invitation = create_invitation(create_owner(), email=GUEST)
    login(client, user)

    assert "Confirm the address" in client.post(link(invitation)).text
    assert membership(invitation, user) is None

    address.verified = True
    address.save()
    client.post(link(invitation))

    assert membership(invitation, user) is not None


@pytest.mark.django_db
def test_accepting_again_is_accepting_once(client):
    user = create_user(email=GUEST)
    invitation = create_invitation(create_owner(), email=GUEST)
    login(client, user)

    first = client.post(link(invitation))
    second = client.post(link(invitation))

    assert first.url == second.url == url(invitation.organization, "organization")
    with inside(invitation.organization_id):
        assert Member.objects.filter(user=user).count() == 1
        assert AuditEvent.objects.count() == 1


@pytest.mark.django_db
def test_a_used_link_does_not_bring_back_who_has_left(client):
    owner = create_owner()
    user = create_user(email=GUEST)
    invitation = create_invitation(owner, email=GUEST)
    login(client, user)
    client.post(link(invitation))
    client.post(url(owner, "membership"))

    response = client.post(link(invitation))

    assert "This invitation has been accepted already" in response.text
    assert membership(invitation, user).left_at is not None


@pytest.mark.django_db
def test_an_expired_link_says_whom_to_ask(client):
    owner = create_owner(name="Ada O'Neil")
    user = create_user(email=GUEST)
    long_ago = timezone.now() - timedelta(days=7, seconds=1)
    invitation = create_invitation(owner, email=GUEST, invited_at=long_ago)
    login(client, user)

    response = client.post(link(invitation))

    assert "This invitation has expired" in response.text
    assert "Ask Ada O&#x27;Neil to send it again." in response.text
    assert membership(invitation, user) is None


@pytest.mark.django_db
def test_a_revoked_link_says_so(client):
    user = create_user(email=GUEST)
    invitation = create_invitation(create_owner(), email=GUEST, revoked_at=timezone.now())
    login(client, user)

    assert "This invitation was withdrawn." in client.post(link(invitation)).text
    assert membership(invitation, user) is None


@pytest.mark.django_db
def test_an_earlier_link_is_the_same_as_one_that_never_was(client):
    owner = create_owner()
    user = create_user(email=GUEST)
    early = timezone.now() - timedelta(days=1)
    invitation = create_invitation(owner, email=GUEST, invited_at=early)
    old = link(invitation)
    login(client, owner)
    client.post(url(owner, "invitation_resend", invitation.pk))
    login(client, user)
    made_up = reverse("invitation", args=[invitation.organization_id, "made-up"])
    elsewhere = old.replace(str(invitation.organization_id), str(uuid7()))
    strange = old.replace(str(invitation.organization_id), str(create_owner().organization_id))

    pages = [client.get(address) for address in (old, made_up, elsewhere, strange)]

    assert {page.status_code for page in pages} == {404}
    assert "This link does not work" in pages[0].text
    posted = client.post(old)
    assert posted.status_code == 404
    assert membership(invitation, user) is None


@pytest.mark.django_db
def test_a_deactivated_member_comes_back_by_accepting_only(client):
    owner = create_owner()
    user = create_user(email=GUEST)
    gone = create_member(
        owner.organization, user=user, roles=[Role.OWNER], deactivated_at=timezone.now()
    )
    invitation = create_invitation(owner, email=GUEST, roles=[Role.HR_ANALYST])
    login(client, user)
    assert client.get(url(owner, "organization")).status_code == 404

    client.post(link(invitation))

    back = reload(gone)
    assert (back.deactivated_at, back.left_at, back.roles) == (None, None, [Role.HR_ANALYST])
    assert client.get(url(owner, "organization")).status_code == 200
    with inside(owner.organization_id):
        assert AuditEvent.objects.get().action == "member.reactivated"


@pytest.mark.django_db
def test_an_active_member_keeps_the_own_roles(client):
    owner = create_owner()
    add_address(owner.user, GUEST)
    invitation = create_invitation(owner, email=GUEST)
    login(client, owner)

    client.post(link(invitation))

    assert reload(owner).roles == [Role.OWNER]
    assert reload(invitation).accepted_at is not None


def test_two_clicks_at_the_same_moment_make_one_membership(committed_db):
    user = create_user(email=GUEST)
    invitation = create_invitation(create_owner(), email=GUEST)
    both = Barrier(2)

    def click() -> object:
        try:
            User.objects.get(pk=user.pk)
            both.wait(timeout=10)
            return operations.accept(
                organization_id=invitation.organization_id,
                token=invitation_token(invitation),
                user=user,
                now=timezone.now(),
            ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        clicks = [threads.submit(click) for _ in range(2)]
        members = {each.result() for each in clicks}

    assert len(members) == 1
    with inside(invitation.organization_id):
        assert Member.objects.filter(user=user).count() == 1
        assert AuditEvent.objects.filter(action="member.joined").count() == 1
