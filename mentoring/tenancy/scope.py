"""Who is looking: the organization, the member and the user in scope."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID


class OutsideOrganization(Exception):
    """Rows of an organization were asked for while no organization is in scope."""


class ScopeConflict(Exception):
    """A scope was opened inside the scope of another organization, member or user."""


class Identified(Protocol):
    """Anything with an organization's primary key, such as the organization itself."""

    @property
    def pk(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """The identities that the manager filters by and the database's policies read."""

    organization_id: UUID | None = None
    member_id: UUID | None = None
    user_id: UUID | None = None


NOBODY = Scope()
_current: ContextVar[Scope] = ContextVar("tenancy_scope", default=NOBODY)


def current_scope() -> Scope:
    """The scope in force; ``NOBODY`` when none is open."""
    return _current.get()


def organization_in_scope() -> UUID:
    """The organization in scope. Raises OutsideOrganization when there is none."""
    organization_id = current_scope().organization_id
    if organization_id is None:
        raise OutsideOrganization("Open a scope first: with within(organization): …")
    return organization_id


def user_in_scope() -> UUID:
    """The user in scope. Raises OutsideOrganization when there is none."""
    user_id = current_scope().user_id
    if user_id is None:
        raise OutsideOrganization("Open a scope first: with acting_as(user_id): …")
    return user_id


@contextmanager
def within(organization: Identified | UUID, *, member_id: UUID | None = None) -> Iterator[None]:
    """Work inside one organization, as one of its members when ``member_id`` is given.

    The same organization may be opened again inside itself and keeps its member.
    Another organization or member inside an open scope raises ScopeConflict: work for
    two of them belongs one after the other, never one inside the other.
    """
    organization_id = organization if isinstance(organization, UUID) else organization.pk
    with _narrowed(organization_id=organization_id, member_id=member_id):
        yield


@contextmanager
def acting_as(user_id: UUID) -> Iterator[None]:
    """Work as a signed-in user who has not chosen an organization yet.

    Outside any organization the user sees the own memberships and nothing else.
    """
    with _narrowed(user_id=user_id):
        yield


@contextmanager
def _narrowed(**identities: UUID | None) -> Iterator[None]:
    scope = current_scope()
    wanted = {name: identity for name, identity in identities.items() if identity is not None}
    for name, identity in wanted.items():
        if getattr(scope, name) not in (None, identity):
            raise ScopeConflict(f"Another {name} is already in scope.")
    token = _current.set(replace(scope, **wanted))
    try:
        yield
    finally:
        _current.reset(token)
