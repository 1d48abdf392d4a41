"""What is written down about a meeting: together, and for oneself."""

from django.db import models

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.meetings.models.meeting import Meeting
from mentoring.tenancy.models import TenantModel
from programs.enums import Side


class SharedNote(TenantModel):
    """What the two write down together, encrypted and for the two alone.

    ``version`` grows with every save, so that whoever saves over what they have not seen is
    told. An emptied note keeps its row and its version.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until="one of the two empties it, else the organization")
    private_to = ("mentor_member", "mentee_member")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="shared_notes")
    mentor_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    mentee_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.CharField(max_length=10, choices=Side)
    edited_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "meeting"], name="meetings_shared_note_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting_id)


class PrivateNote(TenantModel):
    """What one of the two notes about a meeting, encrypted and for the writer alone.

    The ``version`` keeps two tabs of one person apart.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until="its writer empties it, else the organization")
    private_to = ("writer",)

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="private_notes")
    writer = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "meeting", "writer"], name="meetings_private_note_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting_id)
