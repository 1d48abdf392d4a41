"""What an organization makes of the questions library."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.lib.sorting import SearchKey
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Stage
from programs.models.topics import TopicFamily


class LibraryQuestionQuerySet(TenantQuerySet["LibraryQuestion"]):
    def in_use(self) -> Self:
        return self.filter(archived_at=None)


class LibraryQuestion(TenantModel):
    """A question that the organization adds to those that come with the product.

    Without a family it is for any topic. An archived one still takes its text, so that
    using it again never collides with another.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    stage = models.CharField(_("Stage"), max_length=20, choices=Stage)
    family = models.ForeignKey(
        TopicFamily, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    text = models.CharField(_("Question"), max_length=300)
    search_text = models.GeneratedField(
        expression=SearchKey("text"), output_field=models.CharField(), db_persist=True
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(LibraryQuestionQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                "organization", "stage", Lower("text"), name="programs_library_question_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class HiddenQuestion(TenantModel):
    """A built-in question that the organization does not want, by its key."""

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    key = models.CharField(max_length=60)
    hidden_at = models.DateTimeField()
    hidden_by = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "key"], name="programs_hidden_question_once"
            )
        ]

    def __str__(self) -> str:
        return self.key
