"""Meetings of a pair, and what became of them."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.meetings.enums import Deed, Means, MeetingState, Reason
from mentoring.meetings.plans import LONGEST
from mentoring.pairings.models import Pairing
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Side


class MeetingQuerySet(TenantQuerySet["Meeting"]):
    def planned(self) -> Self:
        return self.filter(state=MeetingState.PLANNED)

    def held(self) -> Self:
        return self.filter(state=MeetingState.HELD)

    def real(self) -> Self:
        """Planned or held: what a calendar shows."""
        return self.exclude(state=MeetingState.CANCELLED)

    def with_pairing(self) -> Self:
        """With the people and the program of its pairing."""
        return self.select_related(
            "pairing__cohort__program",
            *(
                f"pairing__{side}__member__{part}"
                for side in Side.values
                for part in ("user", "grade", "department", "location")
            ),
        )

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Planned or held meetings that share some time with this span."""
        return self.real().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class Meeting(TenantModel):
    """A conversation that the two of a pairing agreed to hold, or have held.

    What is here may be seen by those who run the cohort: dates, lengths, states. Where the two
    meet and what they talk about lies elsewhere, for the two alone.

    ``sequence`` grows with every change that a calendar must hear of.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="meetings")
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    starts_at = models.DateTimeField(_("When"))
    ends_at = models.DateTimeField()
    means = models.CharField(_("How"), max_length=10, choices=Means, default=Means.VIDEO)
    sequence = models.PositiveIntegerField(default=0)
    noted_by = models.CharField(max_length=10, choices=Side)
    noted_at = models.DateTimeField()
    held_noted_by = models.CharField(max_length=10, choices=Side, blank=True)
    held_noted_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=10, choices=Side, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=20, choices=Reason, blank=True)

    objects = TenantManager.from_queryset(MeetingQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "pairing", "starts_at"],
                condition=~Q(state=MeetingState.CANCELLED),
                name="meetings_meeting_slot",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"))
                & Q(ends_at__lte=F("starts_at") + timedelta(minutes=LONGEST)),
                name="meetings_meeting_length",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.HELD, held_noted_at__isnull=False)
                & ~Q(held_noted_by="")
                | ~Q(state=MeetingState.HELD) & Q(held_noted_at=None, held_noted_by=""),
                name="meetings_meeting_held",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.CANCELLED, cancelled_at__isnull=False)
                & ~Q(reason="")
                & (~Q(cancelled_by="") | Q(reason=Reason.ENDED))
                | ~Q(state=MeetingState.CANCELLED)
                & Q(cancelled_at=None, cancelled_by="", reason=""),
                name="meetings_meeting_cancelled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "pairing", "-starts_at"], name="meetings_meeting_pairing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pairing_id} {self.starts_at:%Y-%m-%d}"

    @property
    def minutes(self) -> int:
        """How long it is to last, or has lasted."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    def is_over(self, *, now: datetime) -> bool:
        """Whether its time has passed."""
        return self.ends_at <= now


class Place(TenantModel):
    """Where the two meet: a room or the link of a call, encrypted and for the two alone."""

    keeps = Keeps(DataClass.CONFIDENTIAL, until="the meeting is deleted")
    private_to = ("mentor_member", "mentee_member")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="places")
    mentor_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    mentee_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "meeting"], name="meetings_place_once")
        ]

    def __str__(self) -> str:
        return str(self.meeting_id)


class Change(TenantModel):
    """Who did what with a meeting, in the order in which it happened.

    ``side`` is whose doing it was; ``assistant`` did it in that person's name. ``minutes`` is how
    long the meeting was to last then; what was done before that was kept has none.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="changes")
    deed = models.CharField(max_length=12, choices=Deed)
    side = models.CharField(max_length=10, choices=Side)
    assistant = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    starts_at = models.DateTimeField()
    was_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "meeting", "at"], name="meetings_change_order")
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.meeting_id}"
