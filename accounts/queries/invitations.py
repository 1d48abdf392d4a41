"""Who was asked to join, and who may answer."""

from collections.abc import Iterable
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser

from accounts.enums import Standing
from accounts.models import Invitation, Member, User
from accounts.models.invitation import InvitationQuerySet
from accounts.permissions import Permission


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


def open_generations(invitation_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Those of the invitations that were neither accepted nor revoked, with their newest link."""
    found = Invitation.objects.open().filter(pk__in=list(invitation_ids))
    return dict(found.values_list("pk", "generation"))


def invitation_to_send(invitation_id: UUID) -> Invitation:
    """The invitation with everything that its mail says. Raises Invitation.DoesNotExist."""
    invitations = Invitation.objects.select_related("organization", "invited_by")
    return invitations.get(pk=invitation_id)
