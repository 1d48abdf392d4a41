"""What a pair means to talk about when it meets."""

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.meetings.enums import AgendaSection
from mentoring.meetings.models.meeting import Meeting
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Side


class AgendaItemQuerySet(TenantQuerySet["AgendaItem"]):
    def kept(self) -> Self:
        """What nobody has removed."""
        return self.filter(removed_at=None)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")


class AgendaItem(TenantModel):
    """One point of a meeting's agenda, encrypted and for the two people alone.

    ``carried_from`` is what it was copied from: what the two wanted to do before this meeting,
    or a point of a meeting that was called off. ``version`` grows with every change of the
    text. What was removed can be brought back while it has its text.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until="one of the two removes it, else the organization")
    private_to = ("mentor_member", "mentee_member")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda_items")
    mentor_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    mentee_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    section = models.CharField(max_length=12, choices=AgendaSection)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    position = models.PositiveIntegerField()
    added_by = models.CharField(max_length=10, choices=Side)
    added_at = models.DateTimeField()
    is_done = models.BooleanField(default=False)
    is_declined = models.BooleanField(default=False)
    carried_from = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="carried"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(AgendaItemQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "meeting", "carried_from"],
                name="meetings_agenda_carried_once",
            ),
            models.CheckConstraint(
                condition=Q(text__gt="") | Q(removed_at__isnull=False),
                name="meetings_agenda_text_or_removed",
            ),
            models.CheckConstraint(
                condition=Q(is_declined=False) | Q(added_by=Side.MENTEE),
                name="meetings_agenda_declined",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "meeting", "position"], name="meetings_agenda_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.meeting_id}"
