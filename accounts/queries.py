"""What accounts answer. Questions about an organization start with the member who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from accounts.enums import Role, Standing
from accounts.models import AuditEvent, Invitation, Logo, Member, Organization, User
from accounts.models.invitation import InvitationQuerySet
from accounts.models.member import MemberQuerySet
from accounts.permissions import Permission
from mentoring.outbox.models import Message
from mentoring.outbox.queries import message_log


def own_memberships() -> QuerySet[Member]:
    """The active memberships of the user in scope with their organizations, by name."""
    mine = Member.mine.filter(deactivated_at=None)
    return mine.select_related("organization").order_by(Lower("organization__name"), "pk")


def is_own_slug(slug: str) -> bool:
    """Whether the user in scope belongs to the organization with this address."""
    return own_memberships().filter(organization__slug=slug).exists()


def people_of(member: Member) -> MemberQuerySet:
    """The members that a member may look at: all, or only the own entry.

    ``sort_name`` orders them by name, capitals aside.
    """
    people = Member.objects.select_related("user").annotate(sort_name=Lower("user__name"))
    return people if member.may(Permission.PEOPLE_VIEW) else people.filter(pk=member.pk)


def invitations_of(member: Member) -> InvitationQuerySet:
    """The organization's invitations, for members who may invite."""
    invitations = Invitation.objects.select_related("invited_by__user")
    return invitations if member.may(Permission.PEOPLE_INVITE) else invitations.none()


def audit_of(member: Member) -> QuerySet[AuditEvent]:
    """The organization's business events, for members who may read the audit log."""
    events = AuditEvent.objects.all()
    return events if member.may(Permission.AUDIT_VIEW) else events.none()


def messages_of(member: Member) -> QuerySet[Message]:
    """The organization's messages, for members who may read the log."""
    messages = message_log()
    return messages if member.may(Permission.MESSAGES_VIEW) else messages.none()


def actors_of(member: Member) -> list[tuple[UUID, str]]:
    """Members who can cause more than their own coming and going, by name."""
    people = people_of(member).exclude(roles=[]).order_by(Lower("user__name"), "pk")
    return [(each.pk, str(each.user)) for each in people]


def logo_with(digest: str) -> Logo | None:
    """The organization's logo, if it is the picture with this digest."""
    return Logo.objects.filter(digest=digest).first()


def invitation_with(token_digest: str) -> Invitation | None:
    """The invitation that a link opens, with who invites to what; None for any other link."""
    invitations = Invitation.objects.select_related(
        "organization", "invited_by__user", "accepted_by"
    )
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


def members_by_email(emails: Iterable[str], *, active: bool = True) -> dict[str, Member]:
    """Members who own one of the addresses, which are in small letters."""
    wanted = set(emails)
    owners = EmailAddress.objects.filter(email__in=wanted, verified=True)
    users = dict(owners.values_list("email", "user_id"))
    users |= dict(User.objects.filter(email__in=wanted).values_list("email", "pk"))
    members = Member.objects.filter(user__in=set(users.values()), deactivated_at__isnull=active)
    by_user = {each.user_id: each for each in members.select_related("user")}
    return {email: by_user[user] for email, user in users.items() if user in by_user}


def open_invitations_by_email(emails: Iterable[str]) -> dict[str, Invitation]:
    """Invitations to the addresses that were neither accepted nor revoked."""
    found = Invitation.objects.open().filter(email__in=set(emails))
    return {each.email: each for each in found}


@dataclass(frozen=True, slots=True)
class Headcount:
    """How far an organization has come with getting its people in."""

    active: int
    owners: int
    invited: int
    waiting: int


def headcount(*, now: datetime) -> Headcount:
    """Counted over everybody in the organization, in two queries."""
    people = Member.objects.active().aggregate(
        active=Count("pk"), owners=Count("pk", filter=Q(roles__contains=[Role.OWNER]))
    )
    waiting = Q(accepted_at=None, revoked_at=None, expires_at__gt=now)
    asked = Invitation.objects.aggregate(invited=Count("pk"), waiting=Count("pk", filter=waiting))
    return Headcount(**people, **asked)


def open_generations(invitation_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Those of the invitations that were neither accepted nor revoked, with their newest link."""
    found = Invitation.objects.open().filter(pk__in=list(invitation_ids))
    return dict(found.values_list("pk", "generation"))


def invitation_to_send(invitation_id: UUID) -> Invitation:
    """The invitation with everything that its mail says. Raises Invitation.DoesNotExist."""
    invitations = Invitation.objects.select_related("organization", "invited_by__user")
    return invitations.get(pk=invitation_id)


def language_of(email: str) -> str:
    """The language that the user with this address has chosen; empty when there is none."""
    languages = User.objects.filter(email__iexact=email).values_list("language", flat=True)
    return languages.first() or ""


def own_look() -> tuple[Organization, Logo | None]:
    """The organization in scope and its logo."""
    return Organization.objects.get(), Logo.objects.first()
