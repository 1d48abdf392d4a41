"""What leaders do because of the conversations: privately written, publicly without names."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import UUID4

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.meetings.enums import CommitmentState, Standing
from mentoring.pairings.models import Pairing
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Side
from programs.models import Cohort


class PublishedCommitment(TenantModel):
    """A commitment as the whole cohort reads it. Nothing in it says whose it is.

    It refers to no pair and no person, its key is random instead of telling the time, and of
    its dates only the month is kept, as the month's first day. Whose it is knows only the
    private `Commitment`, which the database shows to two people.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the pair withdraws it, or somebody takes it down")

    id = models.UUIDField(primary_key=True, default=uuid4, db_default=UUID4(), editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="commitments")
    text = models.TextField()
    month = models.DateField()
    state = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN)
    done_month = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state=Standing.DONE, done_month__isnull=False)
                | ~Q(state=Standing.DONE) & Q(done_month=None),
                name="meetings_published_done",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1) & (Q(done_month=None) | Q(done_month__day=1)),
                name="meetings_published_months_only",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "cohort", "-month", "id"], name="meetings_published_list"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CommitmentQuerySet(TenantQuerySet["Commitment"]):
    def with_display(self) -> Self:
        """With ``is_shown``: whether the cohort can read it at this moment."""
        shown = PublishedCommitment.objects.filter(pk=OuterRef("published_key"))
        return self.annotate(is_shown=Exists(shown.order_by()))


class Commitment(TenantModel):
    """What the mentee of a pair does because of the conversations, for the two alone.

    ``version`` counts wordings: each needs the yes of both before the cohort reads it.
    ``published_key`` is the key of the published row. It is no reference on purpose: whoever
    takes the published row down could not touch this one, and must not learn of it.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until="the organization is deleted")
    private_to = ("mentor_member", "mentee_member")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="commitments")
    mentor_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    mentee_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=CommitmentState, default=CommitmentState.DRAFT)
    written_by = models.CharField(max_length=10, choices=Side)
    written_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=10, choices=Side, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    published_key = models.UUIDField(null=True, blank=True)

    objects = TenantManager.from_queryset(CommitmentQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "published_key"], name="meetings_commitment_published_once"
            ),
            models.CheckConstraint(
                condition=Q(state=CommitmentState.PUBLISHED, published_key__isnull=False)
                | ~Q(state=CommitmentState.PUBLISHED) & Q(published_key=None),
                name="meetings_commitment_published",
            ),
            models.CheckConstraint(
                condition=Q(state=CommitmentState.PROPOSED, proposed_by__in=Side.values)
                | ~Q(state=CommitmentState.PROPOSED),
                name="meetings_commitment_proposed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "pairing", "written_at"], name="meetings_commitment_list"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
