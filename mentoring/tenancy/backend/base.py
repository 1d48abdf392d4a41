"""PostgreSQL, with the scope told to every transaction and powerful roles refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base, features

from mentoring.tenancy.backend.roles import PowerfulRole, refuse_powerful_role
from mentoring.tenancy.backend.schema import TenantSchemaEditor
from mentoring.tenancy.scope import NOBODY, Scope, current_scope

# Django joins along keys, from the rows that are asked for outwards: an order that is good as it
# is. Trying every order of nine tables took PostgreSQL ten times as long as finding the rows.
JOINS_TRIED = 4
SET_SCOPE = (
    "SELECT set_config('app.organization_id', %s, true),"
    " set_config('app.member_id', %s, true), set_config('app.user_id', %s, true),"
    f" set_config('join_collapse_limit', '{JOINS_TRIED}', true)"
)

# A pool hands the same connection out again and again; its role cannot have changed.
_harmless: WeakSet[Any] = WeakSet()


class OutsideTransaction(Exception):
    """A statement ran inside a scope but outside a transaction.

    The scope lives in the transaction (never in the session, which a pool shares), so
    the policies would silently hide every row.
    """


class DatabaseFeatures(features.DatabaseFeatures):
    """What the database can do, known without asking it."""

    # Django asks the server's version, and so system checks would need a database.
    supports_virtual_generated_columns = False


class DatabaseWrapper(base.DatabaseWrapper):
    """Keeps the transaction's settings equal to the Python scope, statement by statement.

    Comparing before each statement, rather than hooking BEGIN, also covers scopes that
    open or close inside a transaction and savepoints that roll a setting back.
    """

    SchemaEditorClass = TenantSchemaEditor
    features_class = DatabaseFeatures

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: Scope | None = NOBODY
        self._silent = False
        self.execute_wrappers.append(self._tell_scope_first)

    def get_connection_params(self) -> dict[str, Any]:
        if self.settings_dict["NAME"] == "":
            raise ImproperlyConfigured(
                f"No database is configured for “{self.alias}”: set DATABASE_URL,"
                " OWNER_DATABASE_URL and SYSTEM_DATABASE_URL, or start everything with “make run”."
            )
        return super().get_connection_params()

    def connect(self) -> None:
        with self._without_telling():
            super().connect()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        self._told = NOBODY
        if connection not in _harmless and not self.settings_dict.get("MAY_OWN_TABLES"):
            try:
                refuse_powerful_role(connection, alias=self.alias)
            except PowerfulRole:
                connection.close()
                self.close_pool()
                raise
            _harmless.add(connection)
        return connection

    def _tell_scope_first(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        self.tell_scope()
        return execute(sql, params, many, context)

    def _cursor(self, name: str | None = None) -> Any:
        cursor = super()._cursor(name)  # type: ignore[misc]
        self.tell_scope()
        return cursor

    def tell_scope(self) -> None:
        """Make the transaction's settings those of the scope in force."""
        scope = current_scope()
        if self._silent or scope == self._told or self.needs_rollback:
            return
        if self.get_autocommit():
            if scope.organization_id is not None:
                raise OutsideTransaction("Wrap this in transaction.atomic().")
            return
        values = (scope.organization_id, scope.member_id, scope.user_id)
        with self.wrap_database_errors, self.connection.cursor() as cursor:
            cursor.execute(SET_SCOPE, [str(value or "") for value in values])
        self._told = scope

    @contextmanager
    def _without_telling(self) -> Iterator[None]:
        """For statements that belong to the connection itself."""
        self._silent = True
        try:
            yield
        finally:
            self._silent = False

    def _savepoint_rollback(self, sid: str) -> None:
        with self._without_telling():
            super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._told = None

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._told = NOBODY

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._told = NOBODY

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]
        self._told = NOBODY
