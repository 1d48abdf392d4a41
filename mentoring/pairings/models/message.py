"""What the two of a pair write to each other."""

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.pairings.models.pairing import Pairing
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class PairMessageQuerySet(TenantQuerySet["PairMessage"]):
    def new_to(self, member: Member) -> Self:
        """Those that wait for this reader."""
        return self.filter(reader=member, read_at=None, removed_at=None)

    def latest_first(self) -> Self:
        return self.order_by("-written_at", "-pk")


class PairMessage(TenantModel):
    """One message of a pair, encrypted and for the two people alone.

    ``nonce`` comes from the form, so that a form that is sent twice is one message.
    ``bundle`` names the message with which the mail notice went out that stands for this one
    as well. What its writer has taken back has no text any more.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until="its writer takes it back, else the organization")
    private_to = ("writer", "reader")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="messages")
    writer = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    nonce = models.UUIDField()
    bundle = models.UUIDField()
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(PairMessageQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "writer", "nonce"], name="pairings_message_sent_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, text__gt="") | Q(removed_at__isnull=False, text=""),
                name="pairings_message_text_or_removed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "pairing", "written_at"], name="pairings_message_thread"
            ),
            models.Index(
                fields=["organization", "reader", "pairing"],
                condition=Q(read_at=None),
                name="pairings_message_new",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
