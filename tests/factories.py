"""People and organizations for tests: plain functions, one row each, nothing hidden.

Rows are written as the app role inside the organization's own scope. Inside a test that
has already opened a scope of the same organization they work too.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Reach, Role
from accounts.models import Invitation, Member, Organization, User
from accounts.models.invitation import LIFETIME
from accounts.tokens import digest, invitation_token
from mentoring.lib.ids import uuid7
from mentoring.tenancy.models import TenantModel
from mentoring.tenancy.scope import Identified, within

PASSWORD = "a long road to the sea"
_numbers = count(1)


@contextmanager
def inside(organization: Identified | UUID, *, member_id: UUID | None = None) -> Iterator[None]:
    """The organization's scope and a transaction: what a request has."""
    with within(organization, member_id=member_id), transaction.atomic():
        yield


def create_user(
    name: str = "",
    *,
    email: str = "",
    password: str | None = None,
    verified: bool = True,
    **fields: Any,
) -> User:
    """A user with one address. Without ``password`` only `login` gets in (hashing is slow)."""
    number = next(_numbers)
    email = email or f"person{number}@example.org"
    user = User.objects.create_user(email, password, name=name or f"Person {number}", **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def add_address(user: User, email: str, *, verified: bool = True) -> EmailAddress:
    """One more address of a user."""
    return EmailAddress.objects.create(user=user, email=email, verified=verified)


def create_organization(name: str = "", *, slug: str = "", **fields: Any) -> Organization:
    """An organization without anybody in it."""
    number = next(_numbers)
    organization_id = uuid7()
    with inside(organization_id):
        return Organization.objects.create(
            pk=organization_id,
            name=name or f"Organization {number}",
            slug=slug or f"organization-{number}",
            **fields,
        )


def create_member(
    organization: Organization | None = None,
    *,
    user: User | None = None,
    name: str = "",
    email: str = "",
    roles: Iterable[Role] = (),
    reach: Reach = Reach.ORGANIZATION,
    joined_at: datetime | None = None,
    deactivated_at: datetime | None = None,
    **fields: Any,
) -> Member:
    """A member, with a new user and a new organization unless they are given."""
    organization = organization or create_organization()
    user = user or create_user(name, email=email)
    with inside(organization):
        return Member.objects.create(
            organization=organization,
            user=user,
            name=user.name,
            email=user.email,
            roles=list(roles),
            reach=reach,
            joined_at=joined_at or timezone.now(),
            deactivated_at=deactivated_at,
            **fields,
        )


def create_listed(
    organization: Organization, *, name: str = "", email: str = "", **fields: Any
) -> Member:
    """Somebody from a list of people who has never signed in."""
    number = next(_numbers)
    with inside(organization):
        return Member.objects.create(
            organization=organization,
            name=name or f"Person {number}",
            email=email or f"person{number}@example.org",
            **fields,
        )


def create_owner(organization: Organization | None = None, **fields: Any) -> Member:
    """A member who may do everything."""
    return create_member(organization, roles=[Role.OWNER], **fields)


def create_invitation(
    invited_by: Member,
    *,
    email: str = "",
    roles: Iterable[Role] = (),
    reach: Reach = Reach.ORGANIZATION,
    invited_at: datetime | None = None,
    lifetime: timedelta = LIFETIME,
    **fields: Any,
) -> Invitation:
    """An invitation into the organization of the member who invites. Sends nothing."""
    invited_at = invited_at or timezone.now()
    with inside(invited_by.organization_id):
        invitation = Invitation(
            organization=invited_by.organization,
            email=email or f"person{next(_numbers)}@example.org",
            roles=list(roles),
            reach=reach,
            invited_by=invited_by,
            invited_at=invited_at,
            sent_at=invited_at,
            expires_at=invited_at + lifetime,
            **fields,
        )
        invitation.token_digest = digest(invitation_token(invitation))
        invitation.save(force_insert=True)
    return invitation


def login(client: Client, person: Member | User) -> Client:
    """Sign the person in without a password; returns the client for chaining."""
    user = person.user if isinstance(person, Member) else person
    assert user is not None, "Nobody who never joined can sign in."
    client.force_login(user)
    return client


def url(organization: Organization | Member, view: str, *args: Any) -> str:
    """The address of a view inside an organization, by the view's name."""
    here = organization.organization if isinstance(organization, Member) else organization
    return reverse(view, args=[here.slug, *args])


def reload[M: TenantModel](row: M) -> M:
    """The row as it is in the database now."""
    with inside(row.organization_id):
        found: M = type(row).objects.get(pk=row.pk)
    return found
