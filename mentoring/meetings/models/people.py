"""Whom a person lets at the own meetings: an assistant, and the own calendar."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.models import TenantModel


class Assistant(TenantModel):
    """Somebody who may move the meetings of ``member``, and sees nothing else of them."""

    keeps = Keeps(DataClass.PERSONAL, until="the person names nobody any more")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="assistants")
    assistant = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="assisted")
    named_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "member"], name="meetings_assistant_once"
            ),
            models.CheckConstraint(
                condition=~Q(assistant=F("member")), name="meetings_assistant_is_another"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "assistant"], name="meetings_assistant_who")
        ]

    def __str__(self) -> str:
        return f"{self.assistant_id} for {self.member_id}"


class Feed(TenantModel):
    """The private address at which a member's calendar reads the own meetings.

    Only the digest of its secret is kept. Another ``generation`` makes another secret, so that
    the old address reads nothing any more.
    """

    keeps = Keeps(DataClass.SECRET, until="the person revokes it")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="calendar_feeds")
    generation = models.PositiveIntegerField(default=1)
    token_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "member"], name="meetings_feed_once"),
            models.UniqueConstraint(
                fields=["organization", "token_digest"], name="meetings_feed_token"
            ),
        ]

    def __str__(self) -> str:
        return str(self.member_id)
