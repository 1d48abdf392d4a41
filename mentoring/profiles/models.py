"""What a person offers and seeks, and what only the person may read."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.profiles.enums import Direction, Slot
from mentoring.tenancy.models import TenantModel
from programs.enums import MeetingForm
from programs.models import Participant, Topic

ENDS = "the enrollment is withdrawn or the person leaves the organization"


class Profile(TenantModel):
    """How a member introduces themselves, the same in all cohorts."""

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="profiles")
    about = models.TextField(_("About you"), blank=True)
    availability = ArrayField(
        models.CharField(max_length=10, choices=Slot), default=list, blank=True
    )
    meeting_form = models.CharField(
        _("Preferred form of meeting"), max_length=10, choices=MeetingForm, default=MeetingForm.ANY
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "member"], name="profiles_profile_once")
        ]

    def __str__(self) -> str:
        return str(self.member_id)


class TopicChoice(TenantModel):
    """A topic that a member offers or seeks; rank 1 matters most."""

    keeps = Keeps(DataClass.PERSONAL, until="the person removes it")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="topic_choices")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="choices")
    direction = models.CharField(max_length=10, choices=Direction)
    rank = models.PositiveSmallIntegerField()
    note = models.CharField(_("In your own words"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "member", "direction", "topic"],
                name="profiles_topic_choice_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.topic_id}"


class Private(TenantModel):
    """A row that the database shows to the member who wrote it and to nobody else.

    ``private_to`` names the writer's field; each model needs `KeepPrivate` in a migration.
    """

    private_to = ("member",)

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    written_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        abstract = True


class Aims(Private):
    """What a mentee wants to reach and finds hard; both encrypted."""

    keeps = Keeps(DataClass.CONFIDENTIAL, until=ENDS)

    aims = models.TextField(blank=True)
    challenges = models.TextField(blank=True)

    class Meta(Private.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "participant"], name="profiles_aims_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.participant_id)


class SelfRating(Private):
    """Where a participant stands in the own eyes, from 1 to 5 per statement."""

    keeps = Keeps(DataClass.CONFIDENTIAL, until=ENDS)

    statement = models.CharField(max_length=40)
    score = models.PositiveSmallIntegerField()

    class Meta(Private.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "participant", "statement"],
                name="profiles_self_rating_once",
            ),
            models.CheckConstraint(
                condition=models.Q(score__range=(1, 5)), name="profiles_self_rating_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.score}"


class CriteriaStatement(Private):
    """“I meet the criteria”; the characteristic itself is optional and encrypted."""

    keeps = Keeps(DataClass.CONFIDENTIAL, until=ENDS)

    meets = models.BooleanField(default=False)
    characteristic = models.TextField(blank=True)
    may_be_used_in_matching = models.BooleanField(default=False)

    class Meta(Private.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "participant"], name="profiles_criteria_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.participant_id)


PRIVATE: tuple[type[Private], ...] = (Aims, SelfRating, CriteriaStatement)
