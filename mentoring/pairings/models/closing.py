"""Winding a pair down: who began it, what became of it, and what was said about it."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.pairings.enums import EndReason, Outcome
from mentoring.pairings.models.pairing import Pairing
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Side


class ClosingQuerySet(TenantQuerySet["Closing"]):
    def open(self) -> Self:
        return self.filter(outcome="")


class Closing(TenantModel):
    """One of the two has proposed to end the pair well; the other has agreed, or they went on.

    ``reason`` is for those who run the cohort, if the person told them; what the partner was
    told is a `ClosingReason`.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="closings")
    by = models.CharField(max_length=10, choices=Side)
    began_at = models.DateTimeField()
    reason = models.CharField(max_length=12, choices=EndReason, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(ClosingQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "pairing"],
                condition=models.Q(outcome=""),
                name="pairings_closing_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", settled_at=None)
                | (~models.Q(outcome="") & models.Q(settled_at__isnull=False)),
                name="pairings_closing_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.began_at:%Y-%m-%d}"


class ClosingReason(TenantModel):
    """What the partner was told about why, for the two alone."""

    keeps = Keeps(DataClass.CONFIDENTIAL, until="the organization is deleted")
    private_to = ("mentor_member", "mentee_member")

    closing = models.ForeignKey(Closing, on_delete=models.CASCADE, related_name="reasons")
    mentor_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    mentee_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("Reason"), max_length=12, choices=EndReason)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "closing"], name="pairings_closing_reason_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.closing_id)
