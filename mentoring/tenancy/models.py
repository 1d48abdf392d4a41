"""The base of every model whose rows belong to one organization."""

from typing import Any

from django.db import models
from django.db.models.functions import UUID7

from mentoring.lib.ids import uuid7
from mentoring.tenancy.expressions import current_organization
from mentoring.tenancy.scope import ScopeConflict, organization_in_scope


class OrganizationField(models.ForeignKey[Any, Any]):
    """The column that makes a table a tenant table.

    It fills itself from the scope, and refuses any other organization than the one in
    scope, also in bulk. The schema editor recognizes tenant tables by this class.
    """

    marks_tenant = True

    def __init__(self, **options: Any) -> None:
        defaults = {
            "to": "accounts.Organization",
            "on_delete": models.CASCADE,
            "related_name": "+",
            "editable": False,
            "db_index": False,
        }
        super().__init__(**{**defaults, **options})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        in_scope = organization_in_scope()
        if getattr(model_instance, self.attname) is None:
            setattr(model_instance, self.attname, in_scope)
        if getattr(model_instance, self.attname) != in_scope:
            raise ScopeConflict(f"This {model_instance._meta.verbose_name} is not in scope.")
        return in_scope


class TenantQuerySet[M: models.Model](models.QuerySet[M]):
    """A queryset that cannot move rows to another organization."""

    def update(self, **values: Any) -> int:
        if {"organization", "organization_id"} & values.keys():
            raise ScopeConflict("Rows stay with their organization.")
        return super().update(**values)


class TenantManager[M: models.Model](models.Manager[M]):
    """Sees the rows of the organization in scope, and raises when there is none."""

    _queryset_class = TenantQuerySet

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(organization_id=current_organization())


class TenantModel(models.Model):
    """A row of one organization.

    The manager filters by the organization in scope; the database filters once more by
    row-level security. Either is enough alone. Plain ``ForeignKey``s to other tenant
    models become composite in the database, so that no row can point at another
    organization's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=UUID7(), editable=False)
    organization = OrganizationField()

    objects: TenantManager[Any] = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
