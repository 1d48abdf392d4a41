"""What was ever told about groups of people, by who is in the group."""

from typing import Self

from django.db import models
from django.db.models import Q

from mentoring.lib.privacy import DataClass, Keeps
from mentoring.reports.enums import Refusal
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet

WITH_IT = "the organization is deleted"


class LedgerKey(TenantModel):
    """The key with which an organization's people are marked, itself encrypted.

    Drawn once; a new SECRET_KEY renews its encryption, so that marks stay what they are. Whoever
    decides holds its row.
    """

    keeps = Keeps(DataClass.SECRET, until=WITH_IT)

    token = models.TextField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization"], name="reports_ledger_key_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class LedgerPerson(TenantModel):
    """Somebody who is in a group that was told of, as the ledger knows them: by a place in a row.

    ``mark`` is the keyed hash of a member, so that the ledger by itself names nobody.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until=WITH_IT)

    mark = models.CharField(max_length=64)
    place = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "mark"], name="reports_ledger_person_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "place"], name="reports_ledger_person_place"
            ),
        ]

    def __str__(self) -> str:
        return str(self.place)


class LedgerCellQuerySet(TenantQuerySet["LedgerCell"]):
    def told(self) -> Self:
        return self.filter(refusal="")


class LedgerCell(TenantModel):
    """One aggregate that was to be told: by whose answers, and what was decided.

    ``measure`` says what is counted and ``scope`` of which group, in canonical words.
    ``members`` has a bit for each place of a `LedgerPerson`. What is not told has a ``refusal``
    and neither a ``value`` nor people. Decided once: the same question at the same day has the
    same answer.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until=WITH_IT)

    measure = models.CharField(max_length=80)
    scope = models.CharField(max_length=500)
    as_of = models.DateField()
    members = models.BinaryField()
    people = models.PositiveIntegerField()
    refusal = models.CharField(max_length=20, choices=Refusal, blank=True)
    value = models.JSONField(null=True, blank=True)
    decided_at = models.DateTimeField()

    objects = TenantManager.from_queryset(LedgerCellQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "measure", "as_of", "scope"],
                name="reports_ledger_cell_once",
            ),
            models.CheckConstraint(
                condition=Q(refusal="") | Q(value__isnull=True, people=0, members=b""),
                name="reports_ledger_cell_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.scope} {self.as_of}"
