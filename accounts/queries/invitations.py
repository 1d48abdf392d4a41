"""Who was asked to join, and who may answer."""

from collections.abc import Iterable
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery

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


def invitations_to_send(invitation_ids: Iterable[UUID]) -> dict[UUID, Invitation]:
    """Those that were neither accepted nor revoked, with everything that their mails say.

    ``language`` is the one that a user with this address has chosen, if there is one. One query.
    """
    asked = User.objects.filter(email__iexact=OuterRef("email")).order_by("pk")
    found = Invitation.objects.open().filter(pk__in=list(invitation_ids))
    rows = found.select_related("organization", "invited_by")
    with_language = rows.annotate(language=Subquery(asked.values("language")[:1]))
    return {each.pk: each for each in with_language}
