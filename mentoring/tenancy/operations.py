"""Migration operations: what the database has to enforce by itself."""

from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from django.db.models import Model

from mentoring.tenancy.backend.schema import is_tenant
from mentoring.tenancy.policies import (
    REFUSE_CHANGES,
    open_policy,
    private_policy,
    tenant_policy,
)

type Editor = BaseDatabaseSchemaEditor


def role_name(alias: str) -> str:
    """The database role behind a connection, quoted."""
    return f'"{settings.DATABASES[alias]["USER"]}"'


class DatabaseRule(Operation):
    """SQL that depends on the models of one app as they are at this point of the history."""

    reversible = True
    category = OperationCategory.SQL

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models stay as they are."""

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        raise NotImplementedError

    def undo(self, apps: Apps, app_label: str) -> list[str]:
        raise NotImplementedError

    def database_forwards(
        self, app_label: str, editor: Editor, old: ProjectState, new: ProjectState
    ) -> None:
        for statement in self.statements(new.apps, app_label):
            editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, editor: Editor, old: ProjectState, new: ProjectState
    ) -> None:
        for statement in self.undo(old.apps, app_label):
            editor.execute(statement, params=None)


class ProtectTenants(DatabaseRule):
    """Put every tenant model that the app has by now under row-level security.

    Harmless to repeat: end each migration that creates a tenant model with it.
    """

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        return [line for table in self._tables(apps, app_label) for line in tenant_policy(table)]

    def undo(self, apps: Apps, app_label: str) -> list[str]:
        return []

    def describe(self) -> str:
        return "Protect the app's tenant tables by row-level security"

    @staticmethod
    def _tables(apps: Apps, app_label: str) -> list[str]:
        models = apps.get_app_config(app_label).get_models()
        return [model._meta.db_table for model in models if is_tenant(model)]


class OneModelRule(DatabaseRule):
    """A rule for a single model."""

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def table(self, apps: Apps, app_label: str) -> str:
        model: type[Model] = apps.get_model(app_label, self.model_name)
        return model._meta.db_table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model_name], {}


class ProtectRoot(OneModelRule):
    """Put the table of organizations itself under row-level security, by its own key."""

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        return tenant_policy(self.table(apps, app_label), column="id")

    def undo(self, apps: Apps, app_label: str) -> list[str]:
        return open_policy(self.table(apps, app_label))


class AddPolicy(OneModelRule):
    """One more policy, for reading only. Each is listed with its reason in the catalogue."""

    def __init__(self, model_name: str, name: str, using: str) -> None:
        super().__init__(model_name)
        self.name = name
        self.using = using

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model_name, self.name, self.using], {}

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        table = self.table(apps, app_label)
        return [f'CREATE POLICY {self.name} ON "{table}" FOR SELECT USING ({self.using})']

    def undo(self, apps: Apps, app_label: str) -> list[str]:
        return [f'DROP POLICY {self.name} ON "{self.table(apps, app_label)}"']


class KeepPrivate(OneModelRule):
    """Leave rows to the members they belong to: nobody else reads, changes or removes them.

    ``columns`` name the foreign keys to the writer, and to the reader where there is one. A
    model whose class says ``private_to`` has to have this policy; the catalogue test looks
    for it.
    """

    def __init__(self, model_name: str, *columns: str) -> None:
        super().__init__(model_name)
        self.columns = columns

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model_name, *self.columns], {}

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        columns = [f"{column}_id" for column in self.columns]
        return private_policy(self.table(apps, app_label), columns=columns)

    def undo(self, apps: Apps, app_label: str) -> list[str]:
        return [f'DROP POLICY private ON "{self.table(apps, app_label)}"']

    def describe(self) -> str:
        return f"Keep the rows of {self.model_name} to the members they belong to"


class KeepForReader(KeepPrivate):
    """Like `KeepPrivate`, for rows that workers write and only the named member reads.

    The model's class says ``is_written_by_workers`` as well.
    """

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        columns = [f"{column}_id" for column in self.columns]
        return private_policy(self.table(apps, app_label), columns=columns, workers_write=True)


class LetSystemRead(OneModelRule):
    """Let the system role read some columns across organizations, for a sweep."""

    def __init__(self, model_name: str, columns: list[str]) -> None:
        super().__init__(model_name)
        self.columns = columns

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model_name, self.columns], {}

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        table, role = self.table(apps, app_label), role_name("system")
        columns = ", ".join(f'"{column}"' for column in self.columns)
        return [
            f'GRANT SELECT ({columns}) ON "{table}" TO {role}',
            f'CREATE POLICY system ON "{table}" FOR SELECT TO {role} USING (true)',
        ]

    def undo(self, apps: Apps, app_label: str) -> list[str]:
        table, role = self.table(apps, app_label), role_name("system")
        return [f'DROP POLICY system ON "{table}"', f'REVOKE ALL ON "{table}" FROM {role}']


class LetSystemReadAlso(LetSystemRead):
    """More columns of a model that the system role may read already."""

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        return super().statements(apps, app_label)[:1]

    def undo(self, apps: Apps, app_label: str) -> list[str]:
        columns = ", ".join(f'"{column}"' for column in self.columns)
        table, role = self.table(apps, app_label), role_name("system")
        return [f'REVOKE SELECT ({columns}) ON "{table}" FROM {role}']  # noqa: S608 our own names


class AppendOnly(OneModelRule):
    """Rows can be added and read, never changed or removed one by one.

    Both the right and a trigger refuse, so that a right granted by mistake does not open
    the history. Rows go only with their whole organization, as the owner role.
    """

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        table = self.table(apps, app_label)
        each_row = "FOR EACH ROW EXECUTE FUNCTION refuse_changes()"
        return [
            REFUSE_CHANGES,
            f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role_name("default")}',
            f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}" {each_row}',
        ]

    def undo(self, apps: Apps, app_label: str) -> list[str]:
        table = self.table(apps, app_label)
        return [
            f'DROP TRIGGER append_only ON "{table}"',
            f'GRANT UPDATE, DELETE ON "{table}" TO {role_name("default")}',
        ]


class ReadOnlyTable(DatabaseRule):
    """Leave a table without a model to the owner; the other roles may read it."""

    def __init__(self, table: str) -> None:
        self.name = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.name], {}

    def statements(self, apps: Apps, app_label: str) -> list[str]:
        app, system = role_name("default"), role_name("system")
        return [
            f'REVOKE ALL ON "{self.name}" FROM {app}',
            f'GRANT SELECT ON "{self.name}" TO {app}, {system}',
        ]

    def undo(self, apps: Apps, app_label: str) -> list[str]:
        app, system = role_name("default"), role_name("system")
        return [
            f'REVOKE ALL ON "{self.name}" FROM {system}',
            f'GRANT INSERT, UPDATE, DELETE ON "{self.name}" TO {app}',
        ]
