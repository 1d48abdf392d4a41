"""SQL values that are read from the scope when the query is compiled."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from mentoring.tenancy.scope import organization_in_scope, user_in_scope


class FromScope(models.Expression):
    """An identity in scope at compile time; compiling outside a scope raises.

    A queryset built at import time or in another scope is therefore safe to keep: it
    answers for whoever runs it.
    """

    def __init__(self, read: Callable[[], UUID]) -> None:
        super().__init__(output_field=models.UUIDField())
        self.read = read

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self.read(),)


def current_organization() -> FromScope:
    """The organization in scope."""
    return FromScope(organization_in_scope)


def current_user() -> FromScope:
    """The user in scope."""
    return FromScope(user_in_scope)
