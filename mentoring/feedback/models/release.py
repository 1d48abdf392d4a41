"""What those who run a cohort may read of what was answered: parts of it, without any names."""

from django.db import models

from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.models import TenantModel
from programs.models import Cohort, FeedbackQuestion


class Release(TenantModel):
    """Answers to one question that were released together, from so many different people.

    Each answer is released once: those that were sent before ``until`` and after the release
    before. Nothing tells whose they are.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey(FeedbackQuestion, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()
    released_on = models.DateField()
    respondents = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "cohort", "question", "until"],
                name="feedback_release_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.released_on}"


class ReleasedAnswer(TenantModel):
    """One released answer: a score, the number of a choice, or a comment, which is encrypted.

    They are written in an order that says nothing, and know no person, pair or day.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until="the organization is deleted")

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="answers")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value=None) ^ models.Q(text=""),
                name="feedback_released_answer_is_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.release_id)
