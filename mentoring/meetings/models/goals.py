"""What the two of a pair want to reach, for the two alone, and how many there are."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.meetings.enums import GoalState
from mentoring.pairings.models import Pairing
from mentoring.tenancy.models import TenantModel
from programs.enums import Side


class Goal(TenantModel):
    """One goal of a pair, encrypted and for the two alone. A pair does not need any."""

    keeps = Keeps(DataClass.CONFIDENTIAL, until="the organization is deleted")
    private_to = ("mentor_member", "mentee_member")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="goals")
    mentor_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    mentee_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=GoalState, default=GoalState.OPEN)
    due_on = models.DateField(null=True, blank=True)
    set_by = models.CharField(max_length=10, choices=Side)
    set_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state=GoalState.DONE, done_at__isnull=False)
                | ~Q(state=GoalState.DONE) & Q(done_at=None),
                name="meetings_goal_done",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "pairing", "set_at"], name="meetings_goal_list")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class GoalTally(TenantModel):
    """How many goals a pair has set and reached: all that reports may know of them.

    What was let go does not count. A pair that never had a goal has no row.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="goal_tallies")
    goals_set = models.PositiveIntegerField(default=0)
    goals_done = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "pairing"], name="meetings_goaltally_once"
            ),
            models.CheckConstraint(
                condition=Q(goals_done__lte=F("goals_set")), name="meetings_goaltally_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goals_done}/{self.goals_set}"
