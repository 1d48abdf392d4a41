"""Lasting schemes, and who is responsible for which."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.lib.sorting import SortKey
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import (
    WAVES,
    Audience,
    Cadence,
    Kind,
    Moment,
    QuestionKind,
    Side,
    State,
    Template,
)


def all_waves() -> list[str]:
    """A new program asks at every moment."""
    return [each.value for each in WAVES]


class ProgramQuerySet(TenantQuerySet["Program"]):
    def by_name(self) -> Self:
        """In the order of a telephone book."""
        return self.annotate(sort_name=SortKey("name")).order_by("sort_name", "pk")

    def in_state(self, state: State) -> Self:
        return self.filter(archived_at__isnull=state == State.RUNNING)

    def named_for(self, member: Member) -> Self:
        """The programs that a narrowed program admin is responsible for."""
        return self.filter(reaches__member=member)

    def with_people(self) -> Self:
        """With sponsor and contact for concerns."""
        return self.select_related("sponsor", "concern_contact")

    def with_cohort_counts(self) -> Self:
        """With ``cohort_count``."""
        return self.annotate(cohort_count=models.Count("cohorts", distinct=True))

    def in_use(self) -> Self:
        return self.filter(archived_at=None)


class Program(TenantModel):
    """A lasting scheme with a purpose and rules.

    ``grade_gap`` is the least difference of grade ranks; who stands above whom follows from
    the kind. Days are working days for proposals and calendar days for the introduction.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.REVERSE)
    purpose = models.TextField(_("Purpose"), blank=True)
    template = models.CharField(max_length=20, choices=Template, default=Template.BLANK)
    sponsor = models.ForeignKey(
        Member, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    outcome_measures = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    grade_gap = models.PositiveSmallIntegerField(_("Seniority gap"), default=2)
    other_department = models.BooleanField(_("Different departments only"), default=True)
    prefers_other_location = models.BooleanField(_("Prefer different locations"), default=True)
    common_language = models.BooleanField(_("A common language is needed"), default=True)
    shows_grades = models.BooleanField(
        _("Show grades when people look for each other"), default=False
    )
    criteria = models.TextField(_("Criteria to take part"), blank=True)

    cadence = models.CharField(
        _("How often they meet"), max_length=20, choices=Cadence, default=Cadence.MONTHLY
    )
    meeting_minutes = models.PositiveSmallIntegerField(_("Length of a meeting"), default=45)
    introduction_minutes = models.PositiveSmallIntegerField(
        _("Length of the introductory meeting"), default=30
    )
    introduction_days = models.PositiveSmallIntegerField(
        _("Days until the introductory meeting"), default=14
    )
    length_months = models.PositiveSmallIntegerField(
        _("Months that a pair works together"), default=6, validators=[MinValueValidator(1)]
    )
    proposal_days = models.PositiveSmallIntegerField(_("Days to answer a proposal"), default=5)
    proposal_reminder_days = models.PositiveSmallIntegerField(
        _("Days until the reminder of a proposal"), default=2
    )
    scheduling_owed_by = models.CharField(
        _("Who owes scheduling"), max_length=10, choices=Side, default=Side.MENTEE
    )

    feedback_days = models.PositiveSmallIntegerField(
        _("Days after which feedback is read although one has not answered"), default=14
    )
    waves = ArrayField(
        models.CharField(max_length=20, choices=Moment), default=all_waves, blank=True
    )

    agreement = models.TextField(_("Agreement, with the limits of confidentiality"), blank=True)
    concern_contact = models.ForeignKey(
        Member, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(ProgramQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                "organization", Lower("name"), name="programs_program_name_once"
            ),
            models.CheckConstraint(
                condition=models.Q(grade_gap__gte=1), name="programs_program_grade_gap"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> State:
        return State.ARCHIVED if self.archived_at else State.RUNNING


class ProgramReach(TenantModel):
    """Makes a program admin whose reach is narrowed responsible for one program."""

    keeps = Keeps(DataClass.BUSINESS, until="the member's reach changes")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="reaches")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "member", "program"], name="programs_reach_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.program_id}"


class PreparationItem(TenantModel):
    """Something to read, watch or attend before matching; a required one gates “ready”."""

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="preparation_items")
    title = models.CharField(_("Title"), max_length=150)
    text = models.TextField(_("Description"), blank=True)
    url = models.URLField(_("Link"), blank=True)
    audience = models.CharField(_("For"), max_length=10, choices=Audience, default=Audience.BOTH)
    is_required = models.BooleanField(_("Required before matching"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["organization", "program", "position"], name="programs_preparation_order"
            )
        ]

    def __str__(self) -> str:
        return self.title


class FeedbackForm(TenantModel):
    """One version of what one side is asked at one moment, about the other or by the program.

    A version that somebody has answered (``used_at``) never changes; editing makes the next.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="feedback_forms")
    moment = models.CharField(max_length=20, choices=Moment, default=Moment.PARTNER)
    writer = models.CharField(max_length=10, choices=Side)
    version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "program", "moment", "writer", "version"],
                name="programs_feedback_form_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.writer} {self.version}"


class FeedbackQuestion(TenantModel):
    """One question of one version of a form.

    ``translations`` has, by the code of a language, ``text`` and ``choices`` in the same order;
    what is missing is asked in the words of the organization's own language.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    form = models.ForeignKey(FeedbackForm, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=QuestionKind, default=QuestionKind.RATED)
    text = models.CharField(_("Question"), max_length=300)
    is_required = models.BooleanField(_("Required"), default=True)
    choices = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    translations = models.JSONField(default=dict, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "form", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="programs_feedback_question_order",
            )
        ]

    def __str__(self) -> str:
        return self.text
