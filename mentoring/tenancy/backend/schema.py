"""Foreign keys between tenant tables carry the organization."""

from typing import Any

from django.db import models
from django.db.backends.ddl_references import Columns
from django.db.backends.postgresql.schema import DatabaseSchemaEditor

COLUMN = "organization_id"


def is_tenant(model: type[models.Model]) -> bool:
    """Whether the model, or its historical state in a migration, is a tenant table."""
    names = {field.name: field for field in model._meta.local_fields}
    return getattr(names.get("organization"), "marks_tenant", False)


def is_composite(model: type[models.Model], field: "models.Field[Any, Any]") -> bool:
    """Whether the foreign key joins two tenant tables and so must carry the organization."""
    remote: Any = field.remote_field
    return bool(remote) and is_tenant(model) and is_tenant(remote.model)


class TenantSchemaEditor(DatabaseSchemaEditor):
    """Writes ``(organization_id, x_id) → (organization_id, id)`` where Django writes ``x_id → id``.

    A plain reference, and its cascade, is checked without row-level security and would
    accept another organization's key.
    """

    def table_sql(self, model: type[models.Model]) -> tuple[str, list[Any]]:
        sql, params = super().table_sql(model)
        if is_tenant(model):
            sql = f"{sql[:-1]}, {self._tenant_key(model)})"
        return sql, params

    def add_field(self, model: type[models.Model], field: "models.Field[Any, Any]") -> None:
        if not is_composite(model, field):
            super().add_field(model, field)
            if getattr(field, "marks_tenant", False):
                table = self.quote_name(model._meta.db_table)
                self.execute(f"ALTER TABLE {table} ADD {self._tenant_key(model)}")
            return
        inline = self.sql_create_column_inline_fk
        self.sql_create_column_inline_fk = None  # type: ignore[assignment]
        try:
            super().add_field(model, field)
        finally:
            self.sql_create_column_inline_fk = inline

    def _tenant_key(self, model: type[models.Model]) -> str:
        """What the composite references of other tables point at."""
        key = model._meta.pk.column
        unique = self._create_index_name(  # type: ignore[attr-defined]
            model._meta.db_table, [COLUMN, key], suffix="_tenant"
        )
        return f"CONSTRAINT {self.quote_name(unique)} UNIQUE ({COLUMN}, {key})"

    def _create_fk_sql(self, model: type[models.Model], field: Any, suffix: str) -> Any:
        statement = super()._create_fk_sql(model, field, suffix)  # type: ignore[misc]
        if is_composite(model, field):
            remote = field.remote_field.model._meta
            columns = [COLUMN, field.column]
            targets = [COLUMN, remote.pk.column]
            statement.parts["column"] = Columns(model._meta.db_table, columns, self.quote_name)
            statement.parts["to_column"] = Columns(remote.db_table, targets, self.quote_name)
        return statement

    def _constraint_names(
        self, model: type[models.Model], column_names: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        named = super()._constraint_names  # type: ignore[misc]
        names: list[str] = named(model, column_names, *args, **kwargs)
        if kwargs.get("foreign_key") and column_names and not names:
            composite = [COLUMN, *column_names]
            names = named(model, composite, *args, **kwargs)
        return names
