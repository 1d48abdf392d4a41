"""What mentors offer and mentees seek."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.enums import Subject


class Translated(models.Model):
    """Texts in the organization's language, with ``{"de": {"name": "…"}}`` for others."""

    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def in_words(self, field: str) -> str:
        """The text of ``field`` in the reader's language, else in the organization's."""
        translated = self.translations.get(get_language() or "", {})
        return str(translated.get(field) or getattr(self, field))


class TopicFamily(Translated, TenantModel):
    """A heading over topics.

    ``origin`` is the starter family that it was made from. It stays when the organization
    gives the family another name, so that built-in questions about it are still found.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    name = models.CharField(_("Name"), max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    origin = models.CharField(max_length=20, choices=Subject, blank=True, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"], name="programs_topic_family_once"
            )
        ]

    def __str__(self) -> str:
        return self.in_words("name")


class TopicQuerySet(TenantQuerySet["Topic"]):
    def in_use(self) -> Self:
        return self.filter(archived_at=None, merged_into=None)


class Topic(Translated, TenantModel):
    """Something that a person may know and another may want to learn.

    A merged topic stays as a pointer to the one it went into, so that what people chose
    is not lost; an archived one can no longer be chosen.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    family = models.ForeignKey(TopicFamily, on_delete=models.RESTRICT, related_name="topics")
    name = models.CharField(_("Name"), max_length=80)
    description = models.CharField(_("Description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.RESTRICT, related_name="merged", null=True, blank=True
    )

    objects = TenantManager.from_queryset(TopicQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                "organization",
                Lower("name"),
                condition=models.Q(merged_into=None),
                name="programs_topic_once",
            )
        ]

    def __str__(self) -> str:
        return self.in_words("name")

    def described(self) -> str:
        """The description in the reader's language."""
        return self.in_words("description")
