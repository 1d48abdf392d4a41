"""People in a cohort."""

from datetime import date
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import MeetingForm, ParticipantState, Side
from programs.models.cohort import Cohort
from programs.models.program import PreparationItem


class ParticipantQuerySet(TenantQuerySet["Participant"]):
    def enrolled(self) -> Self:
        """Who has sent the enrollment and has not withdrawn, whatever the admin decided."""
        gone = [ParticipantState.DRAFT, ParticipantState.WITHDRAWN, ParticipantState.DECLINED]
        return self.exclude(state__in=gone)

    def on_side(self, side: Side) -> Self:
        return self.filter(side=side)

    def not_paused(self, *, today: date) -> Self:
        return self.exclude(paused_until__gt=today)


class Participant(TenantModel):
    """A member on one side of a cohort, by the own wish.

    ``capacity`` is the most partners at a time. ``is_findable`` lets people of the other
    side find them; ``waits_to_be_asked`` is “let them come to me”. A pause ends on the day
    ``paused_until``.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    cohort = models.ForeignKey(Cohort, on_delete=models.RESTRICT, related_name="participants")
    member = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="participations")
    side = models.CharField(max_length=10, choices=Side)
    state = models.CharField(
        max_length=20, choices=ParticipantState, default=ParticipantState.DRAFT
    )
    capacity = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    meeting_form = models.CharField(
        _("Preferred form of meeting"), max_length=10, choices=MeetingForm, default=MeetingForm.ANY
    )
    is_findable = models.BooleanField(default=False)
    waits_to_be_asked = models.BooleanField(default=False)
    pledged_at = models.DateTimeField(null=True, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(_("Paused until"), null=True, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Member, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(ParticipantQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "cohort", "member", "side"],
                name="programs_participant_once",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1), name="programs_participant_capacity"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "cohort", "state"], name="programs_participant_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.side}"


class PreparationDone(TenantModel):
    """A preparation item that a participant has completed."""

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="preparations"
    )
    item = models.ForeignKey(PreparationItem, on_delete=models.CASCADE, related_name="+")
    done_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "participant", "item"], name="programs_preparation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} ✓ {self.item_id}"


class PeerCircle(TenantModel):
    """A group event for the mentors of a cohort. Who came is kept, never what was said."""

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="peer_circles")
    title = models.CharField(_("Title"), max_length=150)
    starts_at = models.DateTimeField(_("Starts"))
    minutes = models.PositiveSmallIntegerField(_("Length"), default=60)
    place = models.CharField(_("Place or link"), max_length=300, blank=True)
    canceled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Attendance(TenantModel):
    """A mentor was at a peer circle."""

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    circle = models.ForeignKey(PeerCircle, on_delete=models.CASCADE, related_name="attendances")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="attendances"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "circle", "participant"], name="programs_attendance_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} at {self.circle_id}"
