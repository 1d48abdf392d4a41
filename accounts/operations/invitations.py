"""Inviting people, and accepting."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import queries
from accounts.enums import Action, InvitationState, Reach, Role
from accounts.models import AuditEvent, Invitation, Member, Organization, User
from accounts.models.invitation import LIFETIME
from accounts.operations.audit import prepare, record, record_all
from accounts.operations.careers import note_steps
from accounts.signals import roles_changed
from accounts.tokens import digest, invitation_token
from mentoring.lib.ids import uuid7
from mentoring.outbox.following import follow_people
from mentoring.outbox.operations import enqueue_all
from mentoring.outbox.readdressing import follow_addresses
from mentoring.tenancy.scope import within

KIND = "accounts.invitation"
PAUSE = timedelta(minutes=1)


class UnknownInvitation(Exception):
    """No invitation of the organization has this link, or it has a newer one."""


class InvitationClosed(Exception):
    """The invitation was accepted, was revoked or has expired."""

    def __init__(self, state: InvitationState) -> None:
        super().__init__(state)
        self.state = state


class NotTheInvited(Exception):
    """The invited address is not a verified address of the user."""


class TooSoon(Exception):
    """The invitation was sent a moment ago."""


@transaction.atomic
def invite(
    *, emails: Iterable[str], roles: Iterable[Role], reach: Reach, actor: Member, now: datetime
) -> list[Invitation]:
    """Invite everybody among the addresses who can be; all of them or, on an error, nobody.

    Members and people with an open invitation are passed over. An expired invitation is
    sent again with these roles. The addresses must be clean and in small letters.
    """
    _lock_organization()
    wanted = list(dict.fromkeys(emails))
    taken = queries.members_by_email(wanted).keys()
    open_ones = queries.open_invitations_by_email(wanted)
    terms = {
        "roles": [role for role in Role if role in set(roles)],
        "reach": reach if Role.PROGRAM_ADMIN in roles else Reach.ORGANIZATION,
        "invited_by": actor,
    }
    sent = []
    for email in wanted:
        earlier = open_ones.get(email)
        if email in taken or (earlier and earlier.is_open(now=now)):
            continue
        invitation = earlier or Invitation(
            id=uuid7(),
            organization_id=actor.organization_id,
            email=email,
            generation=0,
            invited_at=now,
        )
        for name, value in terms.items():
            setattr(invitation, name, value)
        sent.append(_renewed(invitation, now=now))
    _save_all(sent)
    record_all([_event(Action.INVITATION_SENT, each, actor) for each in sent])
    _enqueue(sent, now=now)
    return sent


@transaction.atomic
def resend(*, invitation: Invitation, actor: Member, now: datetime) -> Invitation:
    """Send a new link for seven more days; every earlier link is dead from now on.

    Raises InvitationClosed when it was accepted or revoked, TooSoon within a minute.
    """
    invitation = _locked(invitation)
    state = invitation.state(now=now)
    if state in (InvitationState.ACCEPTED, InvitationState.REVOKED):
        raise InvitationClosed(state)
    if now - invitation.sent_at < PAUSE:
        raise TooSoon
    _renewed(invitation, now=now).save()
    record_all([_event(Action.INVITATION_RESENT, invitation, actor)])
    _enqueue([invitation], now=now)
    return invitation


@transaction.atomic
def revoke(*, invitation: Invitation, actor: Member, now: datetime) -> Invitation:
    """Make the link useless. Raises InvitationClosed when it was accepted already."""
    invitation = _locked(invitation)
    if invitation.accepted_at:
        raise InvitationClosed(InvitationState.ACCEPTED)
    if not invitation.revoked_at:
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
        record_all([_event(Action.INVITATION_REVOKED, invitation, actor)])
    return invitation


def accept(*, organization_id: UUID, token: str, user: User, now: datetime) -> Member:
    """Become a member of the organization that the link invites to.

    Accepting twice is accepting once. Whoever was deactivated gets access again, with the
    invitation's roles. Active members keep the roles they have.

    Raises UnknownInvitation, InvitationClosed or NotTheInvited.
    """
    with transaction.atomic(), within(organization_id):
        _lock_organization()
        invitation = Invitation.objects.filter(token_digest=digest(token)).first()
        if not invitation:
            raise UnknownInvitation
        if not queries.owns_address(user, invitation.email):
            raise NotTheInvited
        joined = invitation.accepted_by
        if joined and joined.user_id == user.pk and not joined.deactivated_at:
            return joined
        if not invitation.is_open(now=now):
            raise InvitationClosed(invitation.state(now=now))
        member = _join(user, invitation, now=now)
        invitation.accepted_at, invitation.accepted_by = now, member
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        return member


def _join(user: User, invitation: Invitation, *, now: datetime) -> Member:
    """The user as a member: again, or in the place that a list of people has kept for them."""
    listed = Member.objects.filter(email__iexact=invitation.email).first()
    member = Member.objects.filter(user=user).first() or listed
    if member and member.user_id not in (None, user.pk):
        raise NotTheInvited
    if member and member.user_id and not member.deactivated_at:
        return member
    is_back = member is not None and member.user_id is not None
    member = member or Member(
        organization_id=invitation.organization_id, name=str(user), email=invitation.email
    )
    member.user, member.roles, member.reach = user, invitation.roles, invitation.reach
    member.joined_at = member.joined_at or now
    member.deactivated_at = member.left_at = member.off_roster_at = None
    member.save()
    note_steps([member.pk], now=now)
    follow_addresses({member.email: user.email}, now=now)
    follow_people([member.pk], now=now)
    action = Action.MEMBER_REACTIVATED if is_back else Action.MEMBER_JOINED
    record(
        actor=member,
        action=action,
        subject_id=member.pk,
        subject_name=str(member),
        details={"email": invitation.email} | _roles(invitation),
    )
    if member.roles:
        roles_changed.send(sender=Member, now=now)
    return member


def _lock_organization() -> None:
    """Let everybody else who invites, accepts or changes members here wait."""
    Organization.objects.select_for_update().first()


def _locked(invitation: Invitation) -> Invitation:
    _lock_organization()
    return Invitation.objects.get(pk=invitation.pk)


def _renewed(invitation: Invitation, *, now: datetime) -> Invitation:
    """With a link that is new and good for the whole time again; not saved."""
    invitation.generation += 1
    invitation.token_digest = digest(invitation_token(invitation))
    invitation.sent_at, invitation.expires_at = now, now + LIFETIME
    return invitation


def _save_all(invitations: list[Invitation]) -> None:
    Invitation.objects.bulk_create([each for each in invitations if each.generation == 1])
    for again in invitations:
        if again.generation > 1:
            again.save(force_update=True)


def _event(action: Action, invitation: Invitation, actor: Member) -> AuditEvent:
    return prepare(
        actor=actor,
        action=action,
        subject_id=invitation.pk,
        subject_name=invitation.email,
        details=_roles(invitation) | {"expires_at": invitation.expires_at.isoformat()},
    )


def _roles(invitation: Invitation) -> dict[str, Any]:
    return {"roles": invitation.roles} if invitation.roles else {}


def _enqueue(invitations: list[Invitation], *, now: datetime) -> None:
    enqueue_all(
        kind=KIND,
        wanted=[(each.email, each.pk, str(each.generation)) for each in invitations],
        due_at=now,
        expires_at=now + LIFETIME,
    )
