"""The organization's people as the comparison needs them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from accounts.roster.fields import Field
from accounts.roster.values import folded


@dataclass(slots=True)
class Person:
    """Somebody whom the organization knows. Places in it are given by name.

    ``is_active``: with the organization; ``may_return``: not, but only because a full list
    did not name them; ``has_left``: by their own wish.
    """

    id: UUID
    name: str
    email: str
    employee_number: str
    values: dict[str, Any]
    manager_id: UUID | None
    is_active: bool
    may_return: bool
    has_left: bool
    is_owner: bool

    def value(self, name: str) -> Any:
        own = {
            Field.NAME: self.name,
            Field.EMAIL: self.email,
            Field.EMPLOYEE_NUMBER: self.employee_number,
        }
        return own[Field(name)] if name in own else self.values[name]


def label(name: str, email: str) -> str:
    """How a person is shown beside others of the same name."""
    return f"{name} ({email})" if name else email


@dataclass(slots=True)
class Known:
    """Everybody, and the names of departments, locations and grades as they are spelled."""

    people: dict[UUID, Person]
    names: Mapping[str, Iterable[str]]
    by_number: dict[str, Person] = field(init=False)
    by_email: dict[str, Person] = field(init=False)
    spelled: dict[str, dict[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        everybody = self.people.values()
        self.by_number = {each.employee_number: each for each in everybody if each.employee_number}
        self.by_email = {each.email.lower(): each for each in everybody}
        self.spelled = {
            kind: {folded(name): name for name in names} for kind, names in self.names.items()
        }
