"""What somebody writes when asking another person."""

from django.db import models

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.pairings.models.pairing import Pairing
from mentoring.tenancy.models import TenantModel


class Offer(TenantModel):
    """The few words that come with a request, encrypted and for the two people alone.

    It goes when the request ends without a yes.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until="the request ends without a yes")
    private_to = ("writer", "reader")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="offers")
    writer = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "pairing"], name="pairings_offer_once")
        ]

    def __str__(self) -> str:
        return str(self.pairing_id)
