"""How things stood at the end of a day: written once, read by every page, export and PDF."""

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.pairings.models import Pairing
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Side
from programs.models import Cohort

WITH_IT = "the organization is deleted"


class SnapshotQuerySet(TenantQuerySet["Snapshot"]):
    def latest_first(self) -> Self:
        return self.order_by("-as_of")


class Snapshot(TenantModel):
    """How an organization stood at the end of a day in its own zone.

    The last day of each month is kept, and of other days the latest two. ``bands`` are the names
    of the grades of that day, band by band. Where there is much to add up, ``is_combined``: then
    sums are kept of departments, locations and bands in each other as well.
    """

    keeps = Keeps(DataClass.BUSINESS, until=WITH_IT)

    as_of = models.DateField()
    is_month_end = models.BooleanField(default=False)
    bands = models.JSONField(default=list)
    is_combined = models.BooleanField(default=False)
    taken_at = models.DateTimeField()

    objects = TenantManager.from_queryset(SnapshotQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "as_of"], name="reports_snapshot_once")
        ]

    def __str__(self) -> str:
        return self.as_of.isoformat()


class Seat(TenantModel):
    """One person on one side of one cohort, with where the person stood in the organization.

    Department, location and grade are the names they had then. ``partners`` are pairs that are
    live, and ``active_partners`` those of them that meet. ``is_ready`` is whoever could be matched
    or is.
    """

    keeps = Keeps(DataClass.PERSONAL, until=WITH_IT)

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="seats")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    department = models.CharField(max_length=120, blank=True)
    location = models.CharField(max_length=120, blank=True)
    grade = models.CharField(max_length=120, blank=True)
    grade_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    invited_on = models.DateField(null=True, blank=True)
    enrolled_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    is_enrolled = models.BooleanField(default=False)
    is_ready = models.BooleanField(default=False)
    was_matched = models.BooleanField(default=False)
    was_introduced = models.BooleanField(default=False)
    has_completed = models.BooleanField(default=False)
    capacity = models.PositiveSmallIntegerField(default=0)
    partners = models.PositiveSmallIntegerField(default=0)
    active_partners = models.PositiveSmallIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "snapshot", "cohort", "member", "side"],
                name="reports_seat_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.side}"


class PairFigures(TenantModel):
    """One pair that was accepted by both: states, dates and numbers, and never content.

    ``due`` are the meetings that its own rhythm asks for in the days in which it was at work;
    ``kept`` are those of them that were held. ``drift`` is that of `mentoring.pairings.drift`.
    Meetings and minutes are those noted by the end of the day, whenever they were; those of the
    month were noted since it began.
    """

    keeps = Keeps(DataClass.PERSONAL, until=WITH_IT)

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="pairs")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="+")
    mentor_department = models.CharField(max_length=120, blank=True)
    mentee_department = models.CharField(max_length=120, blank=True)
    mentor_location = models.CharField(max_length=120, blank=True)
    mentee_location = models.CharField(max_length=120, blank=True)
    mentor_grade = models.CharField(max_length=120, blank=True)
    mentee_grade = models.CharField(max_length=120, blank=True)
    mentor_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    mentee_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20)
    origin = models.CharField(max_length=10)
    cadence = models.CharField(max_length=20)
    drift = models.PositiveSmallIntegerField(default=0)
    matched_on = models.DateField()
    introduced_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    last_met_on = models.DateField(null=True, blank=True)
    next_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, blank=True)
    days_to_match = models.PositiveIntegerField(null=True, blank=True)
    days_to_introduction = models.PositiveIntegerField(null=True, blank=True)
    meetings = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)
    month_meetings = models.PositiveIntegerField(default=0)
    month_minutes = models.PositiveIntegerField(default=0)
    due = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    moved_by_mentor = models.PositiveIntegerField(default=0)
    moved_by_mentee = models.PositiveIntegerField(default=0)
    goals_set = models.PositiveIntegerField(null=True, blank=True)
    goals_done = models.PositiveIntegerField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "snapshot", "pairing"], name="reports_pair_once"
            ),
            models.CheckConstraint(
                condition=Q(kept__lte=models.F("due")), name="reports_pair_kept"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "snapshot", "cohort"], name="reports_pair_cohort"),
            models.Index(
                fields=["organization", "snapshot", "mentor_department"],
                name="reports_pair_mentor_dept",
            ),
            models.Index(
                fields=["organization", "snapshot", "mentee_department"],
                name="reports_pair_mentee_dept",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pairing_id)


class CohortFigures(TenantModel):
    """The sums of one cohort, by metric of the dictionary: ``[numerator, denominator]``.

    They are what adding up the rows of the same snapshot gives, so that a page need not: of the
    people who are in this department, location and band of grades, each of which may be any.
    A pair counts where both of its people are, and once where that is the same place.
    """

    keeps = Keeps(DataClass.BUSINESS, until=WITH_IT)

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="cohorts")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    department = models.CharField(max_length=120, blank=True)
    location = models.CharField(max_length=120, blank=True)
    band = models.CharField(max_length=250, blank=True)
    sums = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "snapshot", "department", "location", "band", "cohort"],
                name="reports_cohort_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.cohort_id)
