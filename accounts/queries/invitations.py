"""Who was asked to join, and who may answer."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from accounts.enums import Standing
from accounts.models import Invitation, Member, User
from accounts.models.invitation import InvitationQuerySet
from accounts.permissions import Permission
from mentoring.tenancy.scope import organization_in_scope

# The language is the one that a user with this address has chosen, if there is one.
TO_SEND = """
SELECT invitation.id, invitation.organization_id, invitation.email, invitation.generation,
    invitation.expires_at, organization.name, organization.time_zone, COALESCE(
        (SELECT NULLIF(language, '') FROM accounts_user
            WHERE lower(email) = lower(invitation.email)),
        organization.language
    ), COALESCE(NULLIF(inviter.name, ''), inviter.email)
FROM accounts_invitation AS invitation
JOIN accounts_organization AS organization ON organization.id = invitation.organization_id
JOIN accounts_member AS inviter ON inviter.organization_id = invitation.organization_id
    AND inviter.id = invitation.invited_by_id
WHERE invitation.organization_id = %s AND invitation.id = ANY(%s)
    AND invitation.accepted_at IS NULL AND invitation.revoked_at IS NULL
"""


class Invited(NamedTuple):
    """What the mail of an open invitation says."""

    pk: UUID
    organization_id: UUID
    email: str
    generation: int
    expires_at: datetime
    organization: str
    time_zone: str
    language: str
    invited_by: str


def invitations_of(member: Member) -> InvitationQuerySet:
    """The organization's invitations, for members who may invite."""
    invitations = Invitation.objects.select_related("invited_by")
    return invitations if member.may(Permission.PEOPLE_INVITE) else invitations.none()


def invitation_with(token_digest: str) -> Invitation | None:
    """The invitation that a link opens, with who invites to what; None for any other link."""
    invitations = Invitation.objects.select_related("organization", "invited_by", "accepted_by")
    return invitations.filter(token_digest=token_digest).first()


def owns_address(user: User, email: str) -> bool:
    """Whether the user has proved that mail to the address reaches them."""
    proved = EmailAddress.objects.filter(user=user, verified=True, email__iexact=email)
    return bool(proved.exists())


def standing_of(user: User | AnonymousUser, email: str) -> Standing:
    """What an invited address is to whoever reads the invitation."""
    if not isinstance(user, User):
        return Standing.SIGNED_OUT
    if owns_address(user, email):
        return Standing.PROVED
    own = EmailAddress.objects.filter(user=user, email__iexact=email)
    return Standing.UNPROVED if own.exists() else Standing.FOREIGN


def open_invitations_by_email(emails: Iterable[str]) -> dict[str, Invitation]:
    """Invitations to the addresses that were neither accepted nor revoked."""
    found = Invitation.objects.open().filter(email__in=set(emails))
    return {each.email: each for each in found}


def invitations_to_send(invitation_ids: Iterable[UUID]) -> dict[UUID, Invited]:
    """Those that were neither accepted nor revoked, with everything that their mails say.

    One query, asked for every single mail.
    """
    with connection.cursor() as cursor:
        cursor.execute(TO_SEND, [organization_in_scope(), list(invitation_ids)])
        found = map(Invited._make, cursor.fetchall())
    return {each.pk: each for each in found}
