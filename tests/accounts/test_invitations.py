"""Inviting people: one or a thousand, all or nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.enums import Reach, Role
from accounts.models import AuditEvent, Invitation, Member
from accounts.models.invitation import LIFETIME
from accounts.operations import invitations as operations
from accounts.tokens import digest, invitation_token, invitation_url
from mentoring.outbox.models import Message
from tests.factories import (
    add_address,
    create_invitation,
    create_member,
    create_owner,
    inside,
    login,
    reload,
    url,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def invited_by(owner) -> list[str]:
    with inside(owner.organization_id):
        return sorted(Invitation.objects.values_list("email", flat=True))


def messages_of(owner) -> list[tuple[str, str]]:
    with inside(owner.organization_id):
        rows = Message.objects.filter(kind="accounts.invitation").order_by("recipient")
        return [(row.recipient, row.occurrence) for row in rows]


def post(client, owner, people: str, **answers):
    form = {"people": people, "reach": "organization", **answers}
    return client.post(url(owner, "invitation_new"), form, follow=True)


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_each_address_gets_an_invitation_and_a_mail(client):
    owner = create_owner(name="Ada O'Neil")
    login(client, owner)

    response = post(client, owner, "Bob <BOB@example.org>\ncyd@example.org")

    assert response.redirect_chain == [(url(owner, "invitations"), 302)]
    assert "2 invitations are on their way." in response.text
    assert invited_by(owner) == ["bob@example.org", "cyd@example.org"]
    assert messages_of(owner) == [("bob@example.org", "1"), ("cyd@example.org", "1")]
    with inside(owner.organization_id):
        invitation = Invitation.objects.get(email="bob@example.org")
        events = [(event.action, event.subject_name) for event in AuditEvent.objects.all()]
    assert (invitation.roles, invitation.invited_by_id) == ([], owner.pk)
    assert invitation.expires_at == NOON + LIFETIME
    assert sorted(events) == [
        ("invitation.sent", "bob@example.org"),
        ("invitation.sent", "cyd@example.org"),
    ]


@pytest.mark.django_db
def test_only_the_digest_of_the_link_is_stored():
    invitation = create_invitation(create_owner())
    token = invitation_token(invitation)

    with inside(invitation.organization_id):
        row = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert token not in str(row)
    assert row["token_digest"] == digest(token)
    assert invitation_url(invitation).endswith(f"/{token}/")


@pytest.mark.django_db
def test_a_link_is_another_for_every_invitation_and_generation():
    owner = create_owner()
    one, other = create_invitation(owner), create_invitation(owner)
    again = reload(one)
    again.generation += 1

    assert len({invitation_token(each) for each in (one, other, again)}) == 3


@pytest.mark.django_db
def test_nobody_is_invited_while_a_line_needs_a_look(client):
    owner = create_owner(email="ada@example.org")
    create_invitation(owner, email="open@example.org")
    login(client, owner)
    lines = "new@example.org\nnonsense\nADA@example.org\nopen@example.org\nNew <new@example.org>"

    response = post(client, owner, lines)

    assert "4 lines need a look. Nobody is invited yet." in response.text
    for finding in (
        "Will be invited",
        "This is no e-mail address",
        "Is a member already",
        "Has an open invitation already",
        "Is in the list already",
    ):
        assert response.text.count(finding) == 1
    assert "New &lt;new@example.org&gt;</textarea>" in response.text
    assert invited_by(owner) == ["open@example.org"]
    assert messages_of(owner) == []

    again = post(client, owner, lines, skip="on")

    assert "1 invitation is on its way." in again.text
    assert invited_by(owner) == ["new@example.org", "open@example.org"]


@pytest.mark.django_db
def test_there_may_be_nobody_left_to_invite(client):
    owner = create_owner()
    login(client, owner)

    response = post(client, owner, "nonsense", skip="on")

    assert "There is nobody left to invite." in response.text
    assert "Invite the other" not in response.text


@pytest.mark.django_db
def test_a_thousand_addresses_are_invited_at_once(client):
    owner = create_owner()
    login(client, owner)
    emails = [f"person-{number:04}@example.com" for number in range(1000)]

    response = post(client, owner, "\n".join(emails))

    assert "1000 invitations are on their way." in response.text
    assert invited_by(owner) == emails
    assert len(messages_of(owner)) == 1000


@pytest.mark.django_db
def test_more_than_a_thousand_are_refused_and_kept_in_the_form(client):
    owner = create_owner()
    login(client, owner)

    response = post(client, owner, "\n".join(f"p{number}@example.com" for number in range(1001)))

    assert "These are 1001 addresses; please invite at most 1000 at once." in response.text
    assert "p1000@example.com" in response.text
    assert invited_by(owner) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "Please enter at least one e-mail address."),
        (" \n ", "Please enter at least one e-mail address."),
        (",;,", "There is no e-mail address in this text."),
    ],
)
def test_no_address_is_said_so(client, text: str, error: str):
    owner = create_owner()
    login(client, owner)

    assert error in post(client, owner, text).text


@pytest.mark.django_db
def test_owners_invite_with_roles(client):
    owner = create_owner()
    login(client, owner)

    post(client, owner, "bob@example.org", roles=["program_admin"], reach="programs")

    with inside(owner.organization_id):
        invitation = Invitation.objects.get()
    assert (invitation.roles, invitation.reach) == ([Role.PROGRAM_ADMIN], Reach.PROGRAMS)


@pytest.mark.django_db
def test_program_admins_invite_without_roles(client):
    admin = create_member(roles=[Role.PROGRAM_ADMIN])
    login(client, admin)

    assert 'name="roles"' not in client.get(url(admin, "invitation_new")).text
    post(client, admin, "bob@example.org", roles=["owner"])

    with inside(admin.organization_id):
        assert Invitation.objects.get().roles == []


@pytest.mark.django_db
def test_a_member_is_known_by_every_verified_address(client):
    owner = create_owner()
    member = create_member(owner.organization)
    add_address(member.user, "second@example.org")
    add_address(member.user, "unproved@example.org", verified=False)
    login(client, owner)

    response = post(client, owner, "second@example.org\nunproved@example.org")

    assert response.text.count("Is a member already") == 1
    assert response.text.count("Will be invited") == 1


@pytest.mark.django_db
def test_members_of_other_organizations_are_no_members_here(client):
    create_member(email="bob@example.org")
    create_invitation(create_owner(), email="cyd@example.org")
    owner = create_owner()
    login(client, owner)

    assert (
        "2 invitations are on their way."
        in post(client, owner, "bob@example.org\ncyd@example.org").text
    )


@pytest.mark.django_db
def test_who_was_deactivated_can_be_invited(client):
    owner = create_owner()
    gone = create_member(owner.organization, deactivated_at=NOON)
    login(client, owner)

    response = post(client, owner, f"{gone.user.email}\nnonsense")

    assert "Was a member before and gets access again by accepting" in response.text


@pytest.mark.django_db
def test_an_expired_invitation_is_sent_anew(client):
    owner = create_owner()
    old = create_invitation(owner, invited_at=timezone.now() - timedelta(days=8))
    login(client, owner)

    post(client, owner, old.email, roles=["hr_analyst"])

    new = reload(old)
    assert (new.generation, new.roles) == (2, [Role.HR_ANALYST])
    assert new.token_digest != old.token_digest
    assert new.is_open(now=timezone.now())
    assert messages_of(owner) == [(old.email, "2")]


@pytest.mark.django_db
def test_sending_again_kills_the_earlier_link_and_starts_the_week_anew(client):
    owner = create_owner()
    sent = timezone.now() - timedelta(days=6)
    invitation = create_invitation(owner, invited_at=sent)
    login(client, owner)

    response = client.post(url(owner, "invitation_resend", invitation.pk), follow=True)

    assert f"A new link is on its way to {invitation.email}." in response.text
    again = reload(invitation)
    assert again.generation == 2
    assert again.token_digest == digest(invitation_token(again)) != invitation.token_digest
    assert again.expires_at - again.sent_at == LIFETIME
    assert again.invited_at == invitation.invited_at
    assert messages_of(owner) == [(invitation.email, "2")]


@pytest.mark.django_db
def test_sending_again_twice_in_a_row_is_sending_once(client):
    owner = create_owner()
    invitation = create_invitation(owner, invited_at=timezone.now() - timedelta(days=1))
    login(client, owner)

    client.post(url(owner, "invitation_resend", invitation.pk))
    response = client.post(url(owner, "invitation_resend", invitation.pk), follow=True)

    assert "This invitation was sent a moment ago." in response.text
    assert reload(invitation).generation == 2


@pytest.mark.django_db
def test_revoking_makes_the_link_useless_and_frees_the_address(client):
    owner = create_owner()
    invitation = create_invitation(owner)
    login(client, owner)

    response = client.post(url(owner, "invitation_revoke", invitation.pk), follow=True)

    assert f"The link to {invitation.email} works no more." in response.text
    assert reload(invitation).revoked_at is not None
    assert "1 invitation is on its way." in post(client, owner, invitation.email).text


@pytest.mark.django_db
def test_what_is_done_is_not_undone(client):
    owner = create_owner()
    accepted = create_invitation(owner, accepted_at=NOON, accepted_by=owner)
    revoked = create_invitation(owner, revoked_at=NOON)
    login(client, owner)

    def answer(view: str, invitation) -> str:
        return client.post(url(owner, view, invitation.pk), follow=True).text

    assert "has been accepted already" in answer("invitation_revoke", accepted)
    assert "has been accepted already" in answer("invitation_resend", accepted)
    assert "was revoked" in answer("invitation_resend", revoked)


@pytest.mark.django_db
def test_the_list_tells_the_states_apart(client):
    owner = create_owner()
    long_ago = timezone.now() - timedelta(days=30)
    create_invitation(owner, email="waiting@example.org")
    create_invitation(owner, email="expired@example.org", invited_at=long_ago)
    create_invitation(owner, email="revoked@example.org", revoked_at=long_ago)
    create_invitation(
        owner,
        email="accepted@example.org",
        invited_at=long_ago,
        accepted_at=long_ago,
        accepted_by=owner,
    )
    login(client, owner)

    for state in ("waiting", "expired", "revoked", "accepted"):
        page = client.get(url(owner, "invitations"), {"state": state}).text
        shown = [
            each
            for each in ("waiting", "expired", "revoked", "accepted")
            if f"{each}@example.org" in page
        ]
        assert shown == [state]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    owner = create_owner()
    for _ in range(count):
        create_invitation(create_owner(owner.organization))
    login(client, owner)
    client.get(url(owner, "invitations"))

    with django_assert_num_queries(11):
        page = client.get(url(owner, "invitations"))

    assert page.text.count('<th scope="row"') == count


@pytest.mark.django_db
def test_an_empty_list_says_what_to_do(client):
    owner = create_owner()
    login(client, owner)

    assert "Nobody is invited yet" in client.get(url(owner, "invitations")).text


def test_two_who_invite_the_same_people_at_once_invite_them_once(committed_db):
    one = create_owner()
    other = create_owner(one.organization)
    both = Barrier(2)
    emails = ["bob@example.org", "cyd@example.org"]

    def send(actor: Member, wanted: list[str]) -> int:
        try:
            with inside(actor.organization_id, member_id=actor.pk):
                both.wait(timeout=10)
                return len(
                    operations.invite(
                        emails=wanted,
                        roles=[],
                        reach=Reach.ORGANIZATION,
                        actor=actor,
                        now=timezone.now(),
                    )
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        sent = [threads.submit(send, one, emails), threads.submit(send, other, emails[::-1])]
        assert sorted(each.result() for each in sent) == [0, 2]

    assert invited_by(one) == emails
    assert len(messages_of(one)) == 2
