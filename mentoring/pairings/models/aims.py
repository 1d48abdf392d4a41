"""What the mentee wants to reach, as the mentor of a pair reads it."""

from django.db import models

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.pairings.models.pairing import Pairing
from mentoring.tenancy.models import TenantModel


class SharedAims(TenantModel):
    """The aims and challenges that a mentee stated, shared with the mentor when a pair begins.

    A copy, because what the mentee wrote at enrollment stays the mentee's alone. It follows
    later changes, and goes when the pair ends.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until="the pair ends")
    private_to = ("mentor_member", "mentee_member")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="shared_aims")
    mentor_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    mentee_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    aims = models.TextField(blank=True)
    challenges = models.TextField(blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "pairing"], name="pairings_sharedaims_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pairing_id)
