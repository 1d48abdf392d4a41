"""Where people stood, and since when."""

from django.db import models

from accounts.models.member import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.models import TenantModel


class CareerStep(TenantModel):
    """Where a member stood from a moment on, until the next step.

    Department and grade are the names they had then; a higher ``grade_rank`` is more senior.
    ``is_here`` is whoever was with the organization, whether or not they had ever signed in.
    ``by_chart`` is a step that nobody took: the organization gave its departments or grades other
    names or another order, so it moves nobody up or down.

    Written by `accounts.careers` alone, in the order in which things happened.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="steps")
    since = models.DateTimeField()
    department = models.CharField(max_length=120, blank=True)
    grade = models.CharField(max_length=120, blank=True)
    grade_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    is_here = models.BooleanField()
    by_chart = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["organization", "member", "since", "id"], name="accounts_step_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.since:%Y-%m-%d}"
