"""Where people stand in their organization."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from mentoring.lib.privacy import DataClass, Keeps
from mentoring.lib.sorting import SortKey
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class NamedQuerySet[M: models.Model](TenantQuerySet[M]):
    def by_name(self) -> Self:
        """In the order of a telephone book."""
        return self.annotate(sort_name=SortKey("name")).order_by("sort_name", "pk")


class DepartmentQuerySet(NamedQuerySet["Department"]):
    """Named, so that type checkers find the manager."""


class LocationQuerySet(NamedQuerySet["Location"]):
    """Named, so that type checkers find the manager."""


class Department(TenantModel):
    """A part of the organization that people work in."""

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    name = models.CharField(_("Name"), max_length=120)

    objects = TenantManager.from_queryset(DepartmentQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint("organization", Lower("name"), name="accounts_department_once")
        ]

    def __str__(self) -> str:
        return self.name


class Location(TenantModel):
    """A place that people work at."""

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    name = models.CharField(_("Name"), max_length=120)
    time_zone = models.CharField(_("Time zone"), max_length=63, blank=True)

    objects = TenantManager.from_queryset(LocationQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint("organization", Lower("name"), name="accounts_location_once")
        ]

    def __str__(self) -> str:
        return self.name


class GradeQuerySet(TenantQuerySet["Grade"]):
    def from_junior_to_senior(self) -> Self:
        return self.order_by("rank")


class Grade(TenantModel):
    """A level of seniority, never an age. A higher ``rank`` is more senior.

    The difference of two ranks is what a program's seniority gap is measured in.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    name = models.CharField(_("Name"), max_length=120)
    rank = models.PositiveSmallIntegerField(_("Rank"))

    objects = TenantManager.from_queryset(GradeQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint("organization", Lower("name"), name="accounts_grade_once"),
            models.UniqueConstraint(
                fields=["organization", "rank"],
                deferrable=models.Deferrable.DEFERRED,
                name="accounts_grade_rank_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
