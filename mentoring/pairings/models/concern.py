"""What troubles one of a pair, told to a person outside both reporting lines."""

from django.db import models

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.pairings.enums import ConcernKind
from mentoring.pairings.models.pairing import Pairing
from mentoring.tenancy.models import TenantModel

WITH_IT = "the organization is deleted"


class Concern(TenantModel):
    """A concern that one of a pair raises, for the reporter and the recipient alone.

    ``message_text`` is the copy of one message, and there only if the reporter wanted the
    recipient to read it. The other of the pair never learns of any of this.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until=WITH_IT)
    private_to = ("reporter", "recipient")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="concerns")
    reporter = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    recipient = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=ConcernKind)
    text = models.TextField(blank=True)
    message_text = models.TextField(blank=True)
    message_written_at = models.DateTimeField(null=True, blank=True)
    nonce = models.UUIDField()
    raised_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "reporter", "nonce"], name="pairings_concern_sent_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["organization", "recipient", "raised_at"], name="pairings_concern_list"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ConcernNote(TenantModel):
    """What the recipient of a concern notes about it, for nobody else."""

    keeps = Keeps(DataClass.CONFIDENTIAL, until=WITH_IT)
    private_to = ("writer",)

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="notes")
    writer = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "concern", "writer"], name="pairings_concernnote_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.concern_id)
