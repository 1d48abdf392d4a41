"""Tenants."""

from datetime import time
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import UUID7
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.lib.ids import uuid7
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.lib.workdays import MONDAY_TO_FRIDAY, WEEK
from mentoring.tenancy.expressions import current_organization
from mentoring.tenancy.models import TenantModel

SLUG = RegexValidator(
    r"\A[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("Use small letters, digits and single hyphens between them."),
)
COLOR = RegexValidator(r"\A#[0-9a-f]{6}\Z", _("Use a color such as #b4552d."))


NINE = time(9)


def monday_to_friday() -> list[int]:
    return sorted(MONDAY_TO_FRIDAY)


class OrganizationManager(models.Manager["Organization"]):
    """Sees the organization in scope, and raises when there is none."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(pk=current_organization())


class Organization(models.Model):
    """A tenant: one employer. Nothing of one organization is ever visible to another.

    ``reminder_hour`` is the hour, where the reader is, of what comes on a day and not at a moment.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=UUID7(), editable=False)
    slug = models.CharField(_("Address"), max_length=40, unique=True, validators=[SLUG])
    name = models.CharField(_("Name"), max_length=120)
    language = models.CharField(_("Language"), max_length=10, default="en")
    time_zone = models.CharField(_("Time zone"), max_length=63, default="UTC")
    accent = models.CharField(_("Accent color"), max_length=7, blank=True, validators=[COLOR])
    logo_digest = models.CharField(max_length=64, blank=True, editable=False)
    terms = models.JSONField(default=dict, blank=True)
    reminder_hour = models.TimeField(_("Hour of reminders"), default=NINE)
    working_days = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("Working days"), default=monday_to_friday
    )
    sends_on_free_days = models.BooleanField(_("Reminders on free days, too"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = OrganizationManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(working_days__len__gt=0)
                & models.Q(working_days__contained_by=sorted(WEEK)),
                name="accounts_organization_works_on_some_day",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def brand_css_url(self) -> str:
        """Where the accent color's stylesheet is; empty without an accent of its own.

        The color is part of the address, so that the answer may be kept for good.
        """
        color = self.accent.removeprefix("#")
        return reverse("organization_brand", args=[self.slug, color]) if color else ""

    @property
    def logo_url(self) -> str:
        """Where members get the logo; empty when there is none. Changes with the picture."""
        digest = self.logo_digest
        return reverse("organization_logo", args=[self.slug, digest]) if digest else ""


class Logo(TenantModel):
    """An organization's logo: a PNG that we drew ourselves from what was uploaded.

    Kept apart, because nearly every request reads the organization and few its picture.
    ``Organization.logo_digest`` says whether there is one.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    png = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization"], name="accounts_logo_once")]

    def __str__(self) -> str:
        return self.digest[:12]


class Holiday(TenantModel):
    """A day on which the organization does not work, whatever day of the week it is."""

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    date = models.DateField(_("Date"))
    name = models.CharField(_("Name"), max_length=200)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "date"], name="accounts_holiday_once")
        ]

    def __str__(self) -> str:
        return f"{self.date.isoformat()} {self.name}"
