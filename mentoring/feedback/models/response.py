"""That somebody was asked and has answered; and, apart from it, what they answered."""

from typing import Self

from django.db import models

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.pairings.models import Pairing
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Moment, Side
from programs.models import FeedbackForm


class ResponseQuerySet(TenantQuerySet["Response"]):
    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def to_the_partner(self) -> Self:
        return self.filter(moment=Moment.PARTNER)

    def with_form(self) -> Self:
        """With the version that is answered, and all of its questions in one query more."""
        return self.select_related("form").prefetch_related("form__questions")


class Response(TenantModel):
    """One person answers, or is asked to answer, what is asked at one moment of one pair.

    Who has answered is known, so that nobody is asked twice; what they said is `Answers`. The
    version of the form is the newest one when the person begins to write, and stays. Feedback to
    the partner is the partner's from ``opened_at`` on, and may be taken back until then.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the organization is deleted")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="responses")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    moment = models.CharField(max_length=20, choices=Moment)
    form = models.ForeignKey(
        FeedbackForm, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(ResponseQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "pairing", "member", "moment"],
                name="feedback_response_once",
            ),
            models.CheckConstraint(
                condition=models.Q(begun_at=None, form=None)
                | models.Q(begun_at__isnull=False, form__isnull=False),
                name="feedback_response_begun",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(begun_at__isnull=False),
                name="feedback_response_sent",
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at=None)
                | models.Q(moment=Moment.PARTNER, sent_at__isnull=False),
                name="feedback_response_opened",
            ),
            models.CheckConstraint(
                condition=models.Q(thanked_at=None) | models.Q(opened_at__isnull=False),
                name="feedback_response_thanked",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "form", "sent_at"], name="feedback_response_sent_at"
            )
        ]

    def __str__(self) -> str:
        return f"{self.moment} {self.side}"


class Answers(TenantModel):
    """What somebody answered, encrypted, for the writer alone: a draft until it is sent.

    Feedback to the partner names the partner as ``reader`` once it is opened, and not before.
    """

    keeps = Keeps(DataClass.CONFIDENTIAL, until="the organization is deleted")
    private_to = ("writer", "reader")

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    writer = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    text = models.TextField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "response"], name="feedback_answers_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.response_id)
