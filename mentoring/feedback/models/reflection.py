"""What each of two people makes of their time as a pair, and what both want to keep of it."""

from django.db import models

from accounts.models import Member
from mentoring.feedback.parts import CommonPart, OwnPart
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.pairings.models import Pairing
from mentoring.tenancy.models import TenantModel
from programs.enums import Side


class Reflection(TenantModel):
    """One part of what somebody looks back on, encrypted, for the writer alone.

    Shared, it names the partner as ``reader``; then the scores of the start are in it, too,
    which nobody else can read where they are. ``version`` counts how often the writer has
    saved, for all parts alike.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until="the organization is deleted")
    private_to = ("writer", "reader")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="reflections")
    part = models.CharField(max_length=20, choices=OwnPart)
    writer = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "pairing", "writer", "part"],
                name="feedback_reflection_once",
            ),
            models.CheckConstraint(
                condition=models.Q(reader=None) | ~models.Q(text=""),
                name="feedback_reflection_shared",
            ),
            models.CheckConstraint(
                condition=models.Q(reader=None) | ~models.Q(reader=models.F("writer")),
                name="feedback_reflection_readers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.pairing_id}"


class KeepsakeConsent(TenantModel):
    """One of the two wants a part that is about both in their keepsake; for the two alone."""

    keeps = Keeps(DataClass.CONFIDENTIAL, until="it is taken back")
    private_to = ("mentor_member", "mentee_member")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="consents")
    mentor_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    mentee_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=20, choices=CommonPart)
    side = models.CharField(max_length=10, choices=Side)
    given_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "pairing", "part", "side"],
                name="feedback_keepsake_consent_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.side}"
