"""The prompt that asks each of a pair how it is going, and the answers."""

from typing import Self

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.checkins.enums import Said
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.pairings.models import Pairing
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Side


class CheckInQuerySet(TenantQuerySet["CheckIn"]):
    def with_answers(self) -> Self:
        """With what was ``said``, as far as the member in scope is who said it."""
        return self.annotate(said=F("answers__said"))

    def latest_first(self) -> Self:
        return self.order_by("-on", "-pk")


class CheckIn(TenantModel):
    """One person is asked how it is going with one partner; or says so unasked.

    ``on`` is the nominal day in the pair's rhythm, for the person one check-in a day. What was
    said is an `Answer`, which nobody else reads.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="check_ins")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(CheckInQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "pairing", "member", "on"], name="checkins_checkin_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(asked_at=None, answered_at=None),
                name="checkins_checkin_asked_or_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.on}"


class Answer(TenantModel):
    """What somebody said, for the writer alone."""

    keeps = Keeps(DataClass.CONFIDENTIAL, until="the organization is deleted")
    private_to = ("member",)

    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="answers")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(_("Answer"), max_length=10, choices=Said)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "check_in"], name="checkins_answer_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.check_in_id)


class OwnDay(TenantModel):
    """The day from which one person wants to be asked about one pair, in the pair's rhythm."""

    keeps = Keeps(DataClass.PERSONAL, until="the person wants the usual day, else the organization")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "pairing", "member"], name="checkins_own_day_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.day)
