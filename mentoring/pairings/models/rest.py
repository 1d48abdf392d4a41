"""Breaks of pairs, as they were."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from mentoring.lib.privacy import DataClass, Keeps
from mentoring.pairings.models.pairing import Pairing
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class BreakQuerySet(TenantQuerySet["Break"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class Break(TenantModel):
    """A pair was paused from one moment to another; it still is while there is no end.

    The pair itself knows only whether it is paused now, and reports must know how it was.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="breaks")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(BreakQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "pairing"],
                condition=Q(ended_at=None),
                name="pairings_break_open_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                name="pairings_break_order",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "pairing", "began_at"], name="pairings_break_list")
        ]

    def __str__(self) -> str:
        return f"{self.pairing_id} {self.began_at:%Y-%m-%d}"
