"""Who belongs to an organization. Questions about one start with the member who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from accounts.enums import Role
from accounts.models import Invitation, Member, User
from accounts.models.member import MemberQuerySet
from accounts.permissions import Permission


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
    people = Member.objects.by_name()
    return people if member.may(Permission.PEOPLE_VIEW) else people.filter(pk=member.pk)


def records_of(member: Member) -> MemberQuerySet:
    """`people_of` with everything that a person's record shows."""
    records: MemberQuerySet = people_of(member).select_related(
        "department", "location", "grade", "manager"
    )
    return records


def actors_of(member: Member) -> list[tuple[UUID, str]]:
    """Members who can cause more than their own coming and going, by name."""
    return [(each.pk, str(each)) for each in people_of(member).exclude(roles=[])]


def members_by_email(emails: Iterable[str], *, active: bool = True) -> dict[str, Member]:
    """Members who can sign in and own one of the addresses, which are in small letters."""
    wanted = set(emails)
    owners = EmailAddress.objects.filter(email__in=wanted, verified=True)
    users = dict(owners.values_list("email", "user_id"))
    users |= dict(User.objects.filter(email__in=wanted).values_list("email", "pk"))
    members = Member.objects.exclude(user=None).filter(
        Q(user__in=set(users.values())) | Q(email__in=wanted), deactivated_at__isnull=active
    )
    by_user = {each.user_id: each for each in members}
    owned = {email: by_user[user] for email, user in users.items() if user in by_user}
    return {each.email: each for each in by_user.values() if each.email in wanted} | owned


@dataclass(frozen=True, slots=True)
class Headcount:
    """How far an organization has come with getting its people in."""

    active: int
    owners: int
    invited: int
    waiting: int
    imported: int = 0


def headcount(*, now: datetime) -> Headcount:
    """Counted over everybody in the organization, in two queries."""
    joined = ~Q(user=None)
    people = Member.objects.active().aggregate(
        active=Count("pk", filter=joined),
        owners=Count("pk", filter=joined & Q(roles__contains=[Role.OWNER])),
        imported=Count("pk", filter=~Q(imported_at=None)),
    )
    waiting = Q(accepted_at=None, revoked_at=None, expires_at__gt=now)
    asked = Invitation.objects.aggregate(invited=Count("pk"), waiting=Count("pk", filter=waiting))
    return Headcount(**people, **asked)
