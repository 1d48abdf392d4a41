"""Dated runs of a program, and who may join them."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Grade, Location, Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Audience, CohortState, Side
from programs.models.program import Program


class CohortQuerySet(TenantQuerySet["Cohort"]):
    def open_for_enrollment(self) -> Self:
        """Whose admin has opened enrollment; the days are for the caller to compare."""
        return self.filter(state=CohortState.ENROLLING, program__archived_at=None)


class Cohort(TenantModel):
    """One dated run of a program.

    Dates are days in the organization's time zone, each of them included. ``places`` is the
    most participants per side; empty is no limit.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    program = models.ForeignKey(Program, on_delete=models.RESTRICT, related_name="cohorts")
    name = models.CharField(_("Name"), max_length=120)
    state = models.CharField(max_length=20, choices=CohortState, default=CohortState.DRAFT)
    is_pilot = models.BooleanField(_("Pilot"), default=False)
    needs_approval = models.BooleanField(_("Approve each person"), default=True)
    places = models.PositiveIntegerField(_("Places"), null=True, blank=True)
    enrollment_opens_on = models.DateField(_("Enrollment opens"), null=True, blank=True)
    enrollment_closes_on = models.DateField(_("Enrollment closes"), null=True, blank=True)
    starts_on = models.DateField(_("Starts"), null=True, blank=True)
    ends_on = models.DateField(_("Ends"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    state_changed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(CohortQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                "organization", "program", Lower("name"), name="programs_cohort_name_once"
            ),
            models.CheckConstraint(
                condition=models.Q(enrollment_closes_on__gte=models.F("enrollment_opens_on")),
                name="programs_cohort_enrollment_days",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="programs_cohort_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Eligibility(TenantModel):
    """One thing that makes people eligible: a department, a location, a grade or a name.

    Without any, everybody is. Otherwise people must fit one of each kind that is listed;
    those listed by name always fit. ``audience`` narrows the line to one side.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="eligibilities")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.BOTH)
    department = models.ForeignKey(
        Department, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    location = models.ForeignKey(
        Location, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    grade = models.ForeignKey(
        Grade, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Exact(
                    models.Func(
                        "department_id",
                        "location_id",
                        "grade_id",
                        "member_id",
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="programs_eligibility_one_thing",
            ),
            models.UniqueConstraint(
                fields=[
                    "organization",
                    "cohort",
                    "audience",
                    "department",
                    "location",
                    "grade",
                    "member",
                ],
                nulls_distinct=False,
                name="programs_eligibility_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.department_id or self.location_id or self.grade_id or self.member_id)


class CohortInvitationQuerySet(TenantQuerySet["CohortInvitation"]):
    def open(self) -> Self:
        """Neither turned down nor ended; who has enrolled is among them."""
        return self.filter(declined_at=None, ended_at=None)


class CohortInvitation(TenantModel):
    """Asks one member to take part on one side; the answer is an enrollment or a “no, thanks”.

    A personal one comes from its sender, who may add a note; the others from the program.
    It has ended without an answer when the person is with the organization no more.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="invitations")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    invited_by = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="+")
    is_personal = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    invited_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(CohortInvitationQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "cohort", "member", "side"],
                name="programs_cohort_invitation_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.cohort_id}"


class Announcement(TenantModel):
    """A message from a program's admins to people of a cohort.

    ``audience`` is empty when they were picked one by one. A test went to its writer only.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="announcements")
    subject = models.CharField(_("Subject"), max_length=150)
    text = models.TextField(_("Text"))
    audience = models.CharField(max_length=10, choices=Audience, blank=True)
    recipients = models.PositiveIntegerField(default=0)
    is_test = models.BooleanField(default=False)
    sent_by = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="+")
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.subject
